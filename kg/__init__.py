"""entente: documents about defence cooperation, as linked data that people trust."""
