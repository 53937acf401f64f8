"""Pictures, drawn on the server: each module works out where things go, and a template of its name writes the SVG."""
