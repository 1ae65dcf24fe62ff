"""The gRPC service over the library's public API."""
