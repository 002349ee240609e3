import { eventInput } from '../__testUtils__/events';
import {
  HOSTILE_TEXTS,
  UNSHOWABLE,
} from '../forwarders/__testUtils__/hostileTexts';
import { validateEvents } from './validateEvents';

describe('what is said of a faulty event', () => {
  it.each(HOSTILE_TEXTS.map(text => [text.slice(0, 60)]))(
    'is one line that shows as it is read, with %j in it',
    text => {
      const { valid, faults } = validateEvents([
        { place: 'events[0]', event: eventInput({ occurredAt: text }) },
        { place: 'events[1]', event: { ...eventInput(), [text]: 1 } },
      ]);
      expect(valid).toEqual([]);
      expect(faults).toEqual([
        expect.stringMatching(/^events\[0\]\.occurredAt: ".*" is not a time/),
        expect.stringMatching(/^events\[1\]: ./),
      ]);
      for (const fault of faults) {
        expect(fault).not.toMatch(UNSHOWABLE);
        expect(fault).not.toContain('\n');
      }
    },
  );
});
