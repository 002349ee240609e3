// Loaded into a backend: notes the code that its process ends with, in the file
// that NOTE_EXIT names. A process that is ended by force leaves no note.
const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  process.on('exit', code => {
    writeFileSync(process.env.NOTE_EXIT, String(code));
  });
}
