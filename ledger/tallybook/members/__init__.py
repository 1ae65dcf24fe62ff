"""Members: enrolment, freezing, and what is known of one. One file a command."""
