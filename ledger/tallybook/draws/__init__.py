"""Draws and red packets: what is won by lot, so that anybody can check it afterwards."""
