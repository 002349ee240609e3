import { makeValidator } from '@backstage/catalog-model';
import type { Label } from '../publicApi/resources';
import { entityRefOf } from './entityRef';

const { isValidLabelKey, isValidLabelValue, isValidTag } = makeValidator();

/** Before the keys of labels that come from Segment. */
const LABEL_PREFIX = 'segment.com/';

const MAX_LENGTH = 63;

/** Makes a text one of letters, digits and `-_.` within. */
function plain(text: string): string {
  return text
    .replace(/[^a-z0-9_.-]+/gi, '-')
    .replace(/^[^a-z0-9]+/i, '')
    .slice(0, MAX_LENGTH)
    .replace(/[^a-z0-9]+$/i, '');
}

/**
 * Segment's labels as those of an entity: `environment:production` becomes
 * `segment.com/environment: production`. Of several with one key the first one
 * stays.
 */
export function entityLabels(labels: Label[]): Record<string, string> {
  const result: Record<string, string> = {};
  for (const label of labels) {
    const key = `${LABEL_PREFIX}${plain(label.key)}`;
    const value = plain(label.value);
    const isUsable =
      isValidLabelKey(key) && isValidLabelValue(value) && value !== '';
    if (isUsable && !Object.hasOwn(result, key)) {
      result[key] = value;
    }
  }
  return result;
}

/**
 * The owner by the rule: the first label with that key whose value can be the
 * ref of a group or user, else the default.
 */
export function ownerOf(
  labels: Label[],
  rule: { ownerLabel: string; defaultOwner: string },
): string {
  for (const { key, value } of labels) {
    const owner =
      key === rule.ownerLabel && entityRefOf(value, ['group', 'user']);
    if (owner) {
      return owner;
    }
  }
  return rule.defaultOwner;
}

/** Those of the texts that make a tag, as tags. */
export function entityTags(texts: (string | undefined)[]): string[] {
  return texts
    .map(text =>
      (text ?? '')
        .toLowerCase()
        .replace(/[^a-z0-9+#]+/g, '-')
        .slice(0, MAX_LENGTH)
        .replace(/^-|-$/g, ''),
    )
    .filter(isValidTag);
}
