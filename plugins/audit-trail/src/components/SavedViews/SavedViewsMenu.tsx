import Button from '@material-ui/core/Button';
import Popover from '@material-ui/core/Popover';
import { makeStyles } from '@material-ui/core/styles';
import ArrowDropDownIcon from '@material-ui/icons/ArrowDropDown';
import BookmarkIcon from '@material-ui/icons/Bookmark';
import BookmarkBorderIcon from '@material-ui/icons/BookmarkBorder';
import type { SavedView } from 'backstage-plugin-audit-trail-common';
import { useEffect, useState, type KeyboardEvent } from 'react';
import {
  useAccess,
  useSavedViews,
  useTranslation,
  type TrailUrlState,
} from '../../hooks';
import { currentView, stateOfView, viewQueryOf } from '../../model/savedViews';
import { DeleteViewDialog } from './DeleteViewDialog';
import { NameViewDialog } from './NameViewDialog';
import { SendViewDialog } from './SendViewDialog';
import type { ViewDialog } from './ViewDialog';
import { ViewLinkDialog } from './ViewLinkDialog';
import { ViewsPanel } from './ViewsPanel';

const useStyles = makeStyles(
  theme => ({
    button: {
      textTransform: 'none',
      height: 40,
      minWidth: 0,
      maxWidth: 'min(280px, 100%)',
      backgroundColor: theme.palette.background.paper,
    },
    label: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    paper: {
      width: 400,
      maxWidth: 'calc(100vw - 32px)',
      maxHeight: 'min(560px, calc(100vh - 32px))',
      display: 'flex',
      flexDirection: 'column',
      padding: theme.spacing(1, 0),
    },
  }),
  { name: 'AuditTrailSavedViewsMenu' },
);

/** From one view to the next by the arrow keys. */
function moveByArrows(event: KeyboardEvent<HTMLElement>) {
  const { currentTarget, key, target } = event;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const rows = [...currentTarget.querySelectorAll<HTMLElement>('[data-view]')];
  // The menu of a view, which is elsewhere on the page, has arrows of its own.
  if (!step || rows.length === 0 || !currentTarget.contains(target as Node)) {
    return;
  }
  event.preventDefault();
  const at = rows.findIndex(row => row.contains(document.activeElement));
  const first = step > 0 ? 0 : rows.length - 1;
  rows[at < 0 ? first : (at + step + rows.length) % rows.length].focus();
}

/** The views that the reader has saved: to show, to save and to change. */
export function SavedViewsMenu(props: { trail: TrailUrlState }) {
  const { state, change } = props.trail;
  const classes = useStyles();
  const { t } = useTranslation();
  const views = useSavedViews();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [dialog, setDialog] = useState<ViewDialog>();
  const maySend = Boolean(useAccess().value?.destinationUpdate);
  const [appliedId, setAppliedId] = useState<string>();
  /** What was done last, for those who do not see it happen. */
  const [done, setDone] = useState('');

  const shown = viewQueryOf(state);
  const current = currentView(views.value?.items ?? [], shown.query, appliedId);
  // Whoever narrows what a view shows, however they came to it, is at the view.
  const sameId = current?.modified === false ? current.view.id : undefined;
  useEffect(() => {
    if (sameId) {
      setAppliedId(sameId);
    }
  }, [sameId]);

  const close = () => setAnchor(undefined);
  const apply = (view: SavedView) => {
    setAppliedId(view.id);
    change(stateOfView(view));
    close();
  };
  const label = () => {
    if (!current) {
      return t('view.menu');
    }
    const { name } = current.view;
    return current.modified
      ? t('view.currentModified', { name })
      : t('view.current', { name });
  };
  const Icon = current && !current.modified ? BookmarkIcon : BookmarkBorderIcon;
  return (
    <>
      <Button
        className={classes.button}
        variant="outlined"
        startIcon={<Icon />}
        endIcon={<ArrowDropDownIcon />}
        aria-haspopup="dialog"
        aria-expanded={Boolean(anchor)}
        title={label()}
        onClick={event => {
          setAnchor(event.currentTarget);
          setDone('');
          views.retry();
        }}
      >
        <span className={classes.label}>{label()}</span>
      </Button>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        PaperProps={{
          className: classes.paper,
          role: 'dialog',
          'aria-label': t('view.menu'),
          onKeyDown: moveByArrows,
        }}
      >
        <ViewsPanel
          views={views}
          current={current}
          query={shown.query}
          problem={shown.problem}
          done={done}
          maySend={maySend}
          onApply={apply}
          onDone={setDone}
          onDialog={next => {
            setDialog(next);
          }}
        />
      </Popover>
      {dialog?.kind === 'save' && shown.query !== undefined && (
        <NameViewDialog
          mayShare={views.value?.mayShare ?? false}
          onClose={() => setDialog(undefined)}
          onSave={async ({ name, shared }) => {
            const view = await views.create({
              name,
              shared,
              query: shown.query!,
            });
            setAppliedId(view.id);
            setDone(t('view.saved', { name: view.name }));
          }}
        />
      )}
      {dialog?.kind === 'rename' && (
        <NameViewDialog
          view={dialog.view}
          onClose={() => setDialog(undefined)}
          onSave={async ({ name }) => {
            await views.update(dialog.view, { name });
            setDone(t('view.updated', { name }));
          }}
        />
      )}
      {dialog?.kind === 'delete' && (
        <DeleteViewDialog
          view={dialog.view}
          onClose={() => setDialog(undefined)}
          onDelete={async () => {
            await views.remove(dialog.view);
            setDone(t('view.deleted', { name: dialog.view.name }));
          }}
        />
      )}
      {dialog?.kind === 'send' && (
        <SendViewDialog
          view={dialog.view}
          onClose={() => setDialog(undefined)}
          onSent={({ title }) =>
            setDone(t('view.sent', { name: dialog.view.name, title }))
          }
        />
      )}
      {dialog?.kind === 'link' && (
        <ViewLinkDialog
          view={dialog.view}
          link={dialog.link}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  );
}
