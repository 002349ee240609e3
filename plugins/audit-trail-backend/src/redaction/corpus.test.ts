import {
  createMark,
  SecretKeys,
  SecretRedactor,
} from 'backstage-plugin-audit-trail-node/redaction';
import { cleanDetails } from './__testUtils__/clean';
import { plantSecrets } from './__testUtils__/secrets';

const redactor = SecretRedactor.create({
  keys: SecretKeys.create({ keys: [], allow: [] }),
  mark: createMark('test'),
});

describe('redaction of many', () => {
  it.each([1, 2, 3])('finds at least 99 %% of 500 secrets (seed %d)', seed => {
    const planted = plantSecrets(500, seed);
    const missed = planted.filter(({ secret, details }) => {
      const written = JSON.stringify(details);
      // The test would prove nothing if the secret were not there.
      expect(
        written.includes(secret) ||
          written.includes(encodeURIComponent(secret)),
      ).toBe(true);
      const stored = JSON.stringify(redactor.redactValue(details));
      return (
        stored.includes(secret) || stored.includes(encodeURIComponent(secret))
      );
    });
    expect(missed.slice(5)).toEqual([]);
    expect(new Set(planted.map(({ shape }) => shape)).size).toBeGreaterThan(30);
  });

  it('touches at most 1 % of 10,000 events without a secret', () => {
    const clean = cleanDetails(10_000, 1);
    const touched = clean
      .map(details => [details, redactor.redactValue(details)])
      .filter(([before, after]) => before !== after);
    expect(clean).toHaveLength(10_000);
    expect(touched.slice(100)).toEqual([]);
  });
});
