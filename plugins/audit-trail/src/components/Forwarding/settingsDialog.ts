import type {
  Destination,
  UpdateDestinationRequest,
} from 'backstage-plugin-audit-trail-common';

/** What a dialog gets that changes a destination. */
export interface SettingsDialogProps {
  destination: Destination;
  saving: boolean;
  /** Why it could not be saved. */
  error?: Error;
  onClose(): void;
  /** Saves, and closes the dialog if that works. */
  onSave(changes: UpdateDestinationRequest): void;
}
