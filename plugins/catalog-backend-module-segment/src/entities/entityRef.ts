import {
  DEFAULT_NAMESPACE,
  makeValidator,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';

const { isValidEntityName, isValidNamespace } = makeValidator();

/**
 * The full ref that a text means, such as `group:default/team-a` for `team-a`;
 * undefined if it cannot be the ref of an entity of these kinds.
 *
 * @param kinds - the kinds, the one that is meant if none is named first
 */
export function entityRefOf(
  text: string,
  kinds: [string, ...string[]],
): string | undefined {
  try {
    const ref = parseEntityRef(text.trim(), {
      defaultKind: kinds[0],
      defaultNamespace: DEFAULT_NAMESPACE,
    });
    const isValid =
      kinds.includes(ref.kind.toLocaleLowerCase('en-US')) &&
      isValidNamespace(ref.namespace.toLocaleLowerCase('en-US')) &&
      isValidEntityName(ref.name);
    return isValid ? stringifyEntityRef(ref) : undefined;
  } catch {
    return undefined;
  }
}
