import type { SavedView } from 'backstage-plugin-audit-trail-common';

/** A dialog that stands in the place of the menu. */
export type ViewDialog =
  | { kind: 'save' }
  | { kind: 'rename'; view: SavedView }
  | { kind: 'delete'; view: SavedView }
  | { kind: 'link'; view: SavedView; link: string }
  | { kind: 'send'; view: SavedView };
