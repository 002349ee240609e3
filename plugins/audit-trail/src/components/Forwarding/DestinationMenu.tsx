import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreVertIcon from '@material-ui/icons/MoreVert';
import type {
  Destination,
  UpdateDestinationRequest,
} from 'backstage-plugin-audit-trail-common';
import { useState } from 'react';
import { useTranslation } from '../../hooks';
import { deadLettersLabel } from '../../model/destinationLabels';

/** What is needed less often of a destination. */
export function DestinationMenu(props: {
  destination: Destination;
  /** Whether the reader may do more than look. */
  mayChange: boolean;
  saving: boolean;
  onUpdate(changes: UpdateDestinationRequest): void;
  onDialog(dialog: 'backfill' | 'filter' | 'switch-off'): void;
  onDeadLetters(): void;
}) {
  const { destination, mayChange, saving } = props;
  const { onUpdate, onDialog, onDeadLetters } = props;
  const { deadLetters, enabled, id, paused, state, title } = destination;
  const { t } = useTranslation();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const menuId = `audit-trail-destination-menu-${id}`;
  const item = (
    label: string,
    onClick: () => void,
    options: { disabled?: boolean } = {},
  ) => (
    <MenuItem
      dense
      disabled={options.disabled}
      onClick={() => {
        setAnchor(undefined);
        onClick();
      }}
    >
      {label}
    </MenuItem>
  );
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('destination.more', { title })}
        aria-haspopup="menu"
        aria-controls={anchor ? menuId : undefined}
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreVertIcon />
      </IconButton>
      <Menu
        id={menuId}
        open={Boolean(anchor)}
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        onClose={() => setAnchor(undefined)}
      >
        {mayChange &&
          (paused
            ? item(t('destination.resume'), () => onUpdate({ paused: false }), {
                disabled: saving || !enabled,
              })
            : item(t('destination.pause'), () => onUpdate({ paused: true }), {
                disabled: saving || !enabled,
              }))}
        {mayChange &&
          item(t('destination.editFilter'), () => onDialog('filter'))}
        {mayChange &&
          item(t('destination.sendEarlier'), () => onDialog('backfill'), {
            disabled: !enabled,
          })}
        {item(
          deadLetters > 0
            ? deadLettersLabel(t, deadLetters)
            : t('deadLetter.title'),
          onDeadLetters,
        )}
        {mayChange &&
          state === 'gone' &&
          enabled &&
          item(t('destination.switchOff'), () => onDialog('switch-off'))}
      </Menu>
    </>
  );
}
