import IconButton from '@material-ui/core/IconButton';
import ListItem from '@material-ui/core/ListItem';
import ListItemSecondaryAction from '@material-ui/core/ListItemSecondaryAction';
import ListItemText from '@material-ui/core/ListItemText';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import MoreVertIcon from '@material-ui/icons/MoreVert';
import type { SavedView } from 'backstage-plugin-audit-trail-common';
import { useState } from 'react';
import { useTranslation, useViewLink } from '../../hooks';
import { actorIdLabel } from '../../model/labels';
import type { CurrentView } from '../../model/savedViews';
import type { ViewDialog } from './ViewDialog';

const useStyles = makeStyles(
  {
    text: { overflowWrap: 'anywhere' },
    item: { whiteSpace: 'normal' },
  },
  { name: 'AuditTrailViewRow' },
);

/** One view: shows it, and has a menu of what else can be done. */
export function ViewRow(props: {
  view: SavedView;
  /** Whether the page shows it. */
  current: CurrentView | undefined;
  mayChange: boolean;
  mayShare: boolean;
  maySend: boolean;
  /** The query of what the page shows, if a view may keep it. */
  query?: string;
  onApply(): void;
  onDone(message: string): void;
  onDialog(dialog: ViewDialog): void;
  onUpdate(
    changes: { query?: string; shared?: boolean },
    message: string,
  ): void;
}) {
  const { view, current, mayChange, mayShare, maySend, query } = props;
  const { onApply, onDone, onDialog, onUpdate } = props;
  const { name, shared } = view;
  const classes = useStyles();
  const { t } = useTranslation();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const link = useViewLink(view);
  const menuId = `audit-trail-view-menu-${view.id}`;
  const copyLink = async () => {
    try {
      await navigator.clipboard.writeText(link);
      onDone(t('view.linkCopied', { name }));
    } catch {
      // On plain http a page may not do that.
      onDialog({ kind: 'link', view, link });
    }
  };
  const item = (
    label: string,
    onClick: () => void,
    options: { disabled?: boolean } = {},
  ) => (
    <MenuItem
      dense
      className={classes.item}
      disabled={options.disabled}
      onClick={() => {
        setAnchor(undefined);
        onClick();
      }}
    >
      {label}
    </MenuItem>
  );
  const marks = [
    current && (current.modified ? t('view.modified') : t('view.shown')),
    shared && t('view.sharedBy', { user: actorIdLabel(view.updatedBy) }),
  ].filter(Boolean);
  return (
    <ListItem
      button
      data-view={view.id}
      selected={current?.modified === false}
      aria-current={current?.modified === false ? 'true' : undefined}
      onClick={onApply}
    >
      <ListItemText
        className={classes.text}
        primary={name}
        secondary={marks.join(' · ') || undefined}
      />
      <ListItemSecondaryAction>
        <IconButton
          size="small"
          edge="end"
          aria-label={t('view.more', { name })}
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
          {item(t('view.copyLink'), copyLink)}
          {mayChange &&
            item(
              t('view.updateTo'),
              () => onUpdate({ query }, t('view.updated', { name })),
              { disabled: query === undefined || query === view.query },
            )}
          {mayChange &&
            item(t('view.rename'), () => onDialog({ kind: 'rename', view }))}
          {mayShare &&
            (shared
              ? item(t('view.unshare'), () =>
                  onUpdate({ shared: false }, t('view.nowOwn', { name })),
                )
              : item(t('view.share'), () =>
                  onUpdate({ shared: true }, t('view.nowShared', { name })),
                ))}
          {maySend &&
            item(t('view.send'), () => onDialog({ kind: 'send', view }))}
          {mayChange &&
            item(t('view.delete'), () => onDialog({ kind: 'delete', view }))}
        </Menu>
      </ListItemSecondaryAction>
    </ListItem>
  );
}
