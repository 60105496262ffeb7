"""The add-in's and the pages' logic, asked without a browser."""
