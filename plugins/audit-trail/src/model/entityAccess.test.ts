import { accessOf, engineersAccess } from '../__testUtils__/fixtures';
import { servesReader } from './entityAccess';

const ownedBy = (...targetRefs: string[]) => ({
  relations: [
    { type: 'partOf', targetRef: 'group:default/web-team' },
    ...targetRefs.map(targetRef => ({ type: 'ownedBy', targetRef })),
  ],
});

describe('servesReader', () => {
  it.each([
    ['themselves', 'user:default/emil'],
    ['their group, however it is spelled', 'Group:Default/Web-Team'],
    ['a group above theirs', 'group:default/commerce'],
  ])('serves on what is owned by %s', (_, owner) => {
    expect(
      servesReader(engineersAccess, ownedBy('group:default/other', owner)),
    ).toBe(true);
  });

  it('does not serve on what others own, nor on what no one owns', () => {
    expect(
      servesReader(engineersAccess, ownedBy('group:default/data-platform')),
    ).toBe(false);
    expect(servesReader(engineersAccess, ownedBy())).toBe(false);
    expect(servesReader(engineersAccess, {})).toBe(false);
  });

  it('serves Owners everywhere, and whom the policy denies nowhere', () => {
    const entity = ownedBy('group:default/web-team');
    expect(servesReader(accessOf(), {})).toBe(true);
    expect(servesReader({ ...engineersAccess, entities: 'none' }, entity)).toBe(
      false,
    );
  });

  it('hides nothing while it knows nothing', () => {
    expect(servesReader(undefined, {})).toBe(true);
  });
});
