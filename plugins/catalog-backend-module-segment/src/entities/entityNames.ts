import { createHash } from 'node:crypto';
import { makeValidator } from '@backstage/catalog-model';
import type { SegmentResource } from '../publicApi/resources';

const { isValidEntityName } = makeValidator();

const MAX_LENGTH = 63;

/** Shortens a name and ends it with a hash of all that tells it from others. */
function hashedName(plain: string, identity: string): string {
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 12);
  const start = plain
    .slice(0, MAX_LENGTH - hash.length - 1)
    .replace(/[^a-z0-9]+$/i, '');
  return `${start}-${hash}`;
}

/**
 * Names of the entities of a workspace's resources, such as
 * `acme.source.web_shop`; of the id if there is no slug.
 *
 * @remarks
 *
 * The workspace and the type always stand in front, so that no name changes
 * when another workspace is added. A name depends on nothing else but the
 * resource itself. What makes no valid name ends with a hash of the id, and so
 * do names that differ in case only, as these are one name to the catalog.
 *
 * @param workspace - slug of the workspace, without dots
 */
export function entityNames(
  workspace: string,
  resources: SegmentResource[],
): Map<SegmentResource, string> {
  const identityOf = ({ type, id }: SegmentResource) =>
    `${workspace}.${type}.${id}`;
  const names = new Map(
    resources.map(resource => {
      const { type, slug, id } = resource;
      const plain = `${workspace}.${type}.${slug ?? id}`;
      return [
        resource,
        isValidEntityName(plain)
          ? plain
          : hashedName(plain.replaceAll('~', '-'), identityOf(resource)),
      ];
    }),
  );
  const counts = new Map<string, number>();
  for (const name of names.values()) {
    const folded = name.toLowerCase();
    counts.set(folded, (counts.get(folded) ?? 0) + 1);
  }
  for (const [resource, name] of names) {
    if (counts.get(name.toLowerCase())! > 1) {
      names.set(resource, hashedName(name, identityOf(resource)));
    }
  }
  return names;
}
