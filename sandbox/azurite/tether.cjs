// Node ends with the process that started it, even a killed one: the system then closes standard input.
// Not at once, as a signal to end in order, and to save what is there, may come right behind.
const end = () => setTimeout(() => process.exit(), 2000).unref();
process.stdin.on("end", end).on("error", end).resume().unref();
