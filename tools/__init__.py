"""Programs for those who maintain the project; the package does not need them."""
