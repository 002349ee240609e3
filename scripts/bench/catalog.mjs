const RESOURCES_PER_ENTITY = 100;

/**
 * The workspace's resources as catalog entities, in one file: JSON documents,
 * which are YAML. An entity stands for a hundred resources of one owner.
 */
export function catalogFile({ resources }) {
  const groups = new Map();
  for (const resource of resources) {
    const key = `${resource.kind} ${resource.owner}`;
    groups.set(key, [...(groups.get(key) ?? []), resource]);
  }
  const entities = [...groups.values()].flatMap(group => {
    const parts = [];
    for (let at = 0; at < group.length; at += RESOURCES_PER_ENTITY) {
      parts.push(group.slice(at, at + RESOURCES_PER_ENTITY));
    }
    return parts.map(part => entityOf(part));
  });
  return entities.map(entity => JSON.stringify(entity)).join('\n---\n');
}

function entityOf(resources) {
  const [{ kind, n, owner }] = resources;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: `bench-${kind}-${n}`,
      annotations: {
        [`segment.com/${kind}-id`]: resources.map(({ id }) => id).join(','),
      },
    },
    spec: { type: `segment-${kind}`, owner },
  };
}
