import { changeLines } from './changeLines';

describe('changeLines', () => {
  it('tells what was added, removed and changed, down to the last value', () => {
    expect(
      changeLines([
        {
          path: 'settings',
          before: { enabled: true, quota: { rows: 10, days: 7 }, old: null },
          after: { enabled: false, quota: { rows: 10, days: 9 }, name: 'a b' },
        },
        { path: 'label', after: 'x' },
      ]),
    ).toEqual([
      {
        path: 'settings.enabled',
        kind: 'changed',
        before: 'true',
        after: 'false',
      },
      {
        path: 'settings.quota.days',
        kind: 'changed',
        before: '7',
        after: '9',
      },
      { path: 'settings.old', kind: 'removed', before: 'null' },
      { path: 'settings.name', kind: 'added', after: 'a b' },
      { path: 'label', kind: 'added', after: 'x' },
    ]);
  });

  it('compares lists by their elements, and says so if only the order differs', () => {
    expect(
      changeLines([
        { path: 'roles', before: ['a', 'b', 'b'], after: ['b', { c: 1 }] },
        { path: 'order', before: [1, 2], after: [2, 1] },
      ]),
    ).toEqual([
      { path: 'roles[]', kind: 'removed', before: 'a' },
      { path: 'roles[]', kind: 'removed', before: 'b' },
      { path: 'roles[]', kind: 'added', after: '{"c":1}' },
      { path: 'order', kind: 'changed', before: '[1,2]', after: '[2,1]' },
    ]);
  });

  it('shows what is the same, and what is too much, as a whole', () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`key${n}`, n]),
    );
    const [same, much, ...rest] = changeLines([
      { path: 'a', before: 1, after: 1 },
      { path: 'b', before: {}, after: many },
    ]);
    expect(same).toMatchObject({ path: 'a', kind: 'changed', before: '1' });
    expect(much).toMatchObject({ path: 'b', before: '{}' });
    expect(rest).toEqual([]);
  });
});
