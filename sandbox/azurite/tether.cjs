// Node ends with the process that started it, even a killed one: the system then closes standard input.
process.stdin.on("end", () => process.exit()).on("error", () => process.exit()).resume().unref();
