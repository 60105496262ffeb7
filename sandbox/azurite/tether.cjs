// Node ends with the process that started it, even a killed one: the system then closes standard input.
// Not at once, as a signal to end in order may come right behind. Whoever was told that saves what is there
// first, which takes as long as it takes on a machine that is busy: what was acknowledged must be in it.
const AFTER = 2000;
const SAVING = 60000; // milliseconds; for the case that nobody is left who would end it
let saving = false;
const leave = () => (saving ? setTimeout(() => process.exit(1), SAVING).unref() : process.exit(1));
// Timers come before signals: a signal that came in while Node was busy is heard first.
const end = () => setTimeout(() => setImmediate(leave), AFTER).unref();
process.on("SIGINT", () => {
  saving = true;
});
process.stdin.on("end", end).on("error", end).resume().unref();
