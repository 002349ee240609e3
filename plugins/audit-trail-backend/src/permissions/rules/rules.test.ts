import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  createConditionTransformer,
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { PermissionCondition } from '@backstage/plugin-permission-common';
import { TestTrailDatabases } from '../../__testUtils__/databases';
import { auditEvent, seededRandom } from '../../__testUtils__/events';
import type { AuditEventCondition } from '../../database/criteria';
import { DatabaseAuditEventsStore } from '../../database/DatabaseAuditEventsStore';
import {
  DatabaseResourceOwnersStore,
  type ResourceOwner,
} from '../../database/DatabaseResourceOwnersStore';
import type { AuditEventWithOwners } from '../auditEventResourceRef';
import { auditTrailConditions } from '../conditionExports';
import { auditTrailRules } from './index';

jest.setTimeout(120_000);

const databases = new TestTrailDatabases();

type Conditions = PermissionCriteria<PermissionCondition>;

const rules = Object.values(auditTrailRules);
const ruleNamed = (name: string) => rules.find(rule => rule.name === name)!;
const toCriteria = createConditionTransformer<AuditEventCondition>({
  getRuleByName: ruleNamed as never,
});

/** What conditions say of one event by the rules' own `apply`. */
function applies(conditions: Conditions, event: AuditEventWithOwners): boolean {
  if (isAndCriteria(conditions)) {
    return conditions.allOf.every(part => applies(part, event));
  }
  if (isOrCriteria(conditions)) {
    return conditions.anyOf.some(part => applies(part, event));
  }
  if (isNotCriteria(conditions)) {
    return !applies(conditions.not, event);
  }
  const { rule, params } = conditions;
  return ruleNamed(rule).apply(event, params as never);
}

describe.each(databases.eachSupportedId())('rules on %s', databaseId => {
  it('choose the same events in SQL as by apply, in any tree of conditions', async () => {
    const knex = await databases.init(databaseId);
    const store = DatabaseAuditEventsStore.create({ knex });
    const owners = DatabaseResourceOwnersStore.create({ knex });
    const random = seededRandom(11);
    const pick = <T>(from: readonly T[]) =>
      from[Math.floor(random() * from.length)];
    const some = <T>(from: readonly T[]) =>
      Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(from));

    const keys = Array.from({ length: 12 }, (_, n) => `segment:source:s${n}`);
    const groups = ['group:default/a', 'group:default/b', 'user:default/c'];
    const ownership: ResourceOwner[] = keys.slice(0, 9).flatMap((key, n) =>
      [...new Set(some(groups))].map(ownerRef => ({
        resourceKey: key,
        entityRef: `resource:default/e${n}`,
        ownerRef: n === 0 ? undefined : ownerRef,
      })),
    );
    // b is below a, d below b; e owns nothing and has nothing above it.
    const above: Record<string, string[]> = {
      'group:default/b': ['group:default/a'],
      'group:default/d': ['group:default/b', 'group:default/a'],
    };
    await owners.replaceAll(
      ownership,
      Object.entries(above).flatMap(([groupRef, ancestors]) =>
        ancestors.map(ancestorRef => ({ groupRef, ancestorRef })),
      ),
    );
    const withGroupsBelow = (ownerRef: string) => [
      ownerRef,
      ...Object.keys(above).filter(group => above[group].includes(ownerRef)),
    ];

    const types = ['Source Created', 'Warehouse Disabled', 'Teapot Brewed'];
    const events = Array.from({ length: 150 }, (_, n) =>
      auditEvent({
        sourceEventId: `rule-${n}`,
        type: pick(types),
        workspace: pick(['ws1', 'ws2']),
        actor: { type: 'user', id: pick(['u1', 'u2', 'u3']) },
        resource: { key: pick(keys) },
        resources: random() < 0.5 ? some(keys) : [],
      }),
    );
    await store.append(events);
    const withOwners = events.map(event => ({
      event,
      ownerRefs: ownership.flatMap(({ resourceKey, ownerRef }) =>
        ownerRef && event.resources.includes(resourceKey)
          ? withGroupsBelow(ownerRef)
          : [],
      ),
    }));

    const leaf = (): Conditions =>
      pick<() => Conditions>([
        () =>
          auditTrailConditions.isResourceOwner({
            claims: some([
              ...groups,
              'Group:Default/A',
              'group:default/d',
              'group:default/e',
            ]),
          }),
        () => auditTrailConditions.hasResource({ keys: some(keys) }),
        () =>
          auditTrailConditions.hasCategory({
            categories: some(['source', 'warehouses', 'unmapped']),
          }),
        () =>
          auditTrailConditions.hasType({
            types: some(['source.created', 'warehouse.disabled', 'x']),
          }),
        () =>
          auditTrailConditions.hasActor({ actors: some(['u1', 'u2', 'x']) }),
        () =>
          auditTrailConditions.hasWorkspace({ workspaces: some(['ws1', 'x']) }),
        () =>
          auditTrailConditions.hasSource({ sources: some(['segment', 'x']) }),
      ])();
    const tree = (depth: number): Conditions => {
      const kind = depth === 0 ? 0 : Math.floor(random() * 4);
      const parts = () =>
        [tree(depth - 1), tree(depth - 1)] as [Conditions, Conditions];
      switch (kind) {
        case 1:
          return { allOf: parts() };
        case 2:
          return { anyOf: parts() };
        case 3:
          return { not: tree(depth - 1) };
        default:
          return leaf();
      }
    };

    let chosen = 0;
    for (let n = 0; n < 300; n++) {
      const conditions = tree(4);
      const found = await store.list({
        criteria: toCriteria(conditions),
        order: 'desc',
        limit: 1_000,
      });
      const expected = withOwners.filter(event => applies(conditions, event));
      expect({
        conditions,
        ids: found.map(({ id }) => id).sort(),
      }).toEqual({
        conditions,
        ids: expected.map(({ event }) => event.id).sort(),
      });
      chosen += found.length;
    }
    expect(chosen).toBeGreaterThan(1_000);
  });
});

describe('parameters of rules', () => {
  it.each([
    ['HAS_TYPE', { types: [] }],
    ['HAS_TYPE', {}],
    ['HAS_RESOURCE', { keys: 'segment:source:s1' }],
    ['IS_RESOURCE_OWNER', { claims: [5] }],
  ])('%s refuses %j', (rule, params) => {
    expect(() =>
      toCriteria({ rule, resourceType: 'audit-trail-event', params } as never),
    ).toThrow(/Parameters to rule are invalid|Invalid/i);
  });
});
