import { SecretKeys } from './SecretKeys';
import { createMark } from './secretMarker';
import { SecretRedactor } from './SecretRedactor';

const redactor = SecretRedactor.create({
  keys: SecretKeys.create({ keys: [], allow: [] }),
  mark: createMark('test'),
});

const KB = 1_000;
const MAX_MS = 50;
/** Twice the text takes twice the time; four times, if each part sees all. */
const MAX_GROWTH = 2.5;
/** Shorter times are no measure: the first look at a text takes as long. */
const MIN_MS = 4;
/** As often as this what is too slow is tried. */
const MAX_TRIES = 15;

/**
 * Milliseconds of this process's own time that something takes. The clock on
 * the wall also counts what others do on the machine meanwhile.
 */
function millisecondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * The time that a text takes, and that of one twice as long in proportion to
 * it: of some tries the best. A machine that others use is half as fast from
 * one moment to the next, and some tries have memory to be cleared up. So what
 * is too slow is tried again: if it is the pattern's fault, it is so each time.
 *
 * @param atLeast - tries, also of what is fast enough
 * @returns `growth`: the least of all tries; `ofBest`: that of the best times, which
 * one try at a bad moment does not make less
 */
function measure(
  work: (text: string) => void,
  textOf: (length: number) => string,
  length: number,
  atLeast = 3,
): { once: number; growth: number; ofBest: number } {
  const [text, double] = [textOf(length), textOf(2 * length)];
  let [once, twice, growth] = [Infinity, Infinity, Infinity];
  const isSlow = () => once > MAX_MS || growth > MAX_GROWTH;
  for (
    let tries = 0;
    tries < atLeast || (tries < MAX_TRIES && isSlow());
    tries++
  ) {
    const time = millisecondsOf(() => work(text));
    const timeOfDouble = millisecondsOf(() => work(double));
    once = Math.min(once, time);
    twice = Math.min(twice, timeOfDouble);
    growth = Math.min(growth, timeOfDouble / Math.max(time, MIN_MS));
  }
  return { once, growth, ofBest: twice / Math.max(once, MIN_MS) };
}

/** A text of a length that begins and ends so, and repeats a unit between. */
function long(unit: string, length: number, [begin, end]: string[]): string {
  const count = Math.ceil((length - begin.length - end.length) / unit.length);
  return begin + unit.repeat(count) + end;
}

/** What lets a pattern begin, or go on, again and again. */
const UNITS = [
  ...['a', 'A', '0', '-', '=', ' ', '\\', '"', "'", '`', '@', ':', '[', '.'],
  ...['a.', 'a:', 'a=', 'a-', 'a@', 'a ', '--', '--a ', '\\"', '"\\"', ', '],
  ...[
    'key: ',
    'key%3D',
    'a,b=',
    'a"=',
    'token',
    'token=',
    'token: ',
    'cookie:',
  ],
  ...['password=', '"password":"', "password='", 'token=a,', 'secret='],
  ...['cookie: a=b; ', '--token ', 'token=Bearer ', 'a=[redacted:', '?sig='],
  ...['eyJ', 'eyJaaaaaa.', 'eyJa.', '//', '//a', '//a:', '//a:b', '//a:b@'],
  ...[
    '-----BEGIN ',
    '-----BEGIN A',
    '-----BEGIN PRIVATE KEY-----',
    '-----END ',
  ],
  ...['Basic ', 'Basic aaaa ', 'Bearer ', 'Bearer aaaaaaaa ', 'Bearer a='],
  ...['ghp_', 'ghp_a', 'AKIA', 'AKIAAAAAAAAAAAAAAAAA', 'xoxb-', 'xoxb.xoxb-'],
  ...['sk-', 'sk-a', '12345678:AA', 'SG.a', 'SG.aaaaaaaaaaaaaaaa.', 'pypi-'],
  ...[
    'hooks.slack.com/services/',
    'hooks.slack.com',
    'aA0/',
    'aA0+b ',
    '\ud800',
  ],
  ...['{"a":', '[[', '["a",', '{"password":"x"},', '\t', '\r\n', '\u2028'],
];
/** What stands around them, so that a pattern is tried, and fails at the end. */
const AROUND = [
  ['', ''],
  ['//', '@'],
  ['password="', ''],
  ['-----BEGIN PRIVATE KEY-----', '-----END '],
  ['eyJaaaaaa.', ':AA sk- @ //'],
];

describe('the time that redaction takes', () => {
  it.each(UNITS)('grows no faster than the text: %j', unit => {
    for (const around of AROUND) {
      const { once, growth } = measure(
        text => redactor.redactValue({ text }),
        length => long(unit, length, around),
        100 * KB,
      );
      expect(growth).toBeLessThanOrEqual(MAX_GROWTH);
      expect(once).toBeLessThanOrEqual(MAX_MS);
    }
  });

  it('would be found to grow faster with a pattern that begins anywhere', () => {
    const { ofBest } = measure(
      text => text.replace(/\w+=/g, ''),
      length => 'a'.repeat(length),
      4 * KB,
      // A try that seems fast enough must not be the last.
      MAX_TRIES,
    );
    expect(ofBest).toBeGreaterThan(MAX_GROWTH);
  });
});
