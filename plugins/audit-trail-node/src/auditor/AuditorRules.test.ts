import { mockServices } from '@backstage/backend-test-utils';
import { AuditorRules, type AuditedUse } from './AuditorRules';

const rulesOf = (rules: object[] = []) =>
  AuditorRules.fromConfig(
    mockServices.rootConfig({ data: { auditTrail: { auditor: { rules } } } }),
  );

const use = (overrides: Partial<AuditedUse> = {}): AuditedUse => ({
  plugin: 'catalog',
  event: 'entity-mutate',
  actor: 'user:default/emil',
  severity: 'medium',
  method: 'POST',
  ...overrides,
});

describe('AuditorRules', () => {
  it.each<[string, Partial<AuditedUse>, boolean]>([
    ['a change', {}, true],
    ['a change at low severity', { severity: 'low' }, true],
    ['a request that reads', { severity: 'low', method: 'GET' }, false],
    ['what is named a read', { severity: 'low', event: 'entity-fetch' }, false],
    ['a read that matters', { severity: 'high', event: 'entity-fetch' }, true],
    ['what the trail itself does', { plugin: 'audit-trail' }, false],
    ['what is done for the trail', { actor: 'plugin:audit-trail' }, false],
  ])('without rules: %s', (_, overrides, kept) => {
    expect(rulesOf().keeps(use(overrides))).toBe(kept);
  });

  it('goes by the first rule that fits in all it names', () => {
    const rules = rulesOf([
      {
        plugin: 'catalog',
        event: 'entity-*',
        actor: 'plugin:*',
        action: 'drop',
      },
      {
        event: ['entity-fetch', 'location-fetch'],
        severity: ['low', 'medium'],
        action: 'keep',
      },
      { plugin: '*', actor: 'user:default/robot', action: 'drop' },
    ]);
    const keeps = (overrides: Partial<AuditedUse>) =>
      rules.keeps(use(overrides));
    expect(keeps({ actor: 'plugin:search' })).toBe(false);
    expect(keeps({ actor: 'plugin:search', plugin: 'scaffolder' })).toBe(true);
    expect(keeps({ event: 'entity-fetch', severity: 'low' })).toBe(true);
    expect(keeps({ event: 'entity-facets', severity: 'low' })).toBe(false);
    expect(keeps({ actor: 'User:default/Robot' })).toBe(false);
    // An actor's id is no pattern.
    expect(keeps({ actor: 'user:default/robots' })).toBe(true);
    expect(keeps({ actor: 'plugin:audit-trail', event: 'x' })).toBe(false);
  });

  it('tells requests of the same event apart by their path', () => {
    const rules = rulesOf([
      {
        event: 'entity-fetch',
        path: [
          '/api/catalog/entities/by-name/*',
          '/api/catalog/entities/by-uid/*',
        ],
        action: 'keep',
      },
    ]);
    const keeps = (path?: string) =>
      rules.keeps(
        use({ event: 'entity-fetch', severity: 'low', method: 'GET', path }),
      );
    expect(
      keeps('/api/catalog/entities/by-name/component/default/orders'),
    ).toBe(true);
    expect(keeps('/api/catalog/entities/by-uid/1')).toBe(true);
    expect(keeps('/api/catalog/entities/by-query')).toBe(false);
    expect(keeps('/api/catalog/entities/by-refs')).toBe(false);
    // Without a request there is no path.
    expect(keeps()).toBe(false);
  });

  it.each([
    [{ action: 'forget' }, 'auditTrail.auditor.rules[0].action'],
    [{ plugin: 'catalog' }, 'auditTrail.auditor.rules[0].action'],
    [
      { severity: 'urgent', action: 'keep' },
      'auditTrail.auditor.rules[0].severity',
    ],
    [
      { plugins: 'catalog', action: 'keep' },
      'auditTrail.auditor.rules[0]: "plugins"',
    ],
  ])('refuses %j', (rule, place) => {
    expect(() => rulesOf([rule])).toThrow(place);
  });
});
