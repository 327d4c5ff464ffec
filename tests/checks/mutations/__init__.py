"""The mutation table: for each rule the change that makes it fail, alone."""
