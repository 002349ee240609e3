// Loaded into a backend before anything else: it collects its garbage when it is
// told to, so that what it holds can be told from what V8 has not yet given back.
const v8 = require('node:v8');
const vm = require('node:vm');

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');
// All that can be collected, and back to the system with it.
process.on('SIGUSR2', () => collect({ flavor: 'last-resort', type: 'major' }));
