import type { GroupAncestor } from '../database/DatabaseResourceOwnersStore';

/**
 * All groups above each group.
 *
 * @param parents - groups directly above each group; may go in circles, as
 * anyone may write a group
 */
export function groupAncestors(
  parents: Map<string, string[]>,
): GroupAncestor[] {
  return [...parents.keys()].flatMap(groupRef => {
    const above = new Set<string>();
    const waiting = [...(parents.get(groupRef) ?? [])];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (next !== groupRef && !above.has(next)) {
        above.add(next);
        waiting.push(...(parents.get(next) ?? []));
      }
    }
    return [...above].map(ancestorRef => ({ groupRef, ancestorRef }));
  });
}
