"""A suite for any server of linked data that has a VoID description; see docs/linked-data.md."""
