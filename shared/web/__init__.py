"""HTTP: who calls, what a request says, how it is answered."""
