import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import ArrowDropDownIcon from '@material-ui/icons/ArrowDropDown';
import type { SavedView } from 'backstage-plugin-audit-trail-common';
import { useState } from 'react';
import { useSavedViews, useTranslation } from '../../hooks';
import { errorReason } from '../../model/errors';
import { filterOfView } from '../../model/savedViews';
import type { TrailChoice } from '../../model/trailState';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    button: { textTransform: 'none' },
    item: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
    note: { flex: '1 1 200px' },
  }),
  { name: 'AuditTrailUseSavedView' },
);

/** Takes over what a saved view filters by; not when, nor in which order. */
export function UseSavedView(props: {
  /** The view whose filter is taken over already. */
  initial?: SavedView;
  onUse(choice: Pick<TrailChoice, 'filter' | 'views'>): void;
}) {
  const classes = useStyles();
  const { t } = useTranslation();
  const views = useSavedViews();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [used, setUsed] = useState(props.initial?.name);
  const items = views.value?.items ?? [];
  const use = (view: SavedView) => {
    props.onUse(filterOfView(view));
    setUsed(view.name);
    setAnchor(undefined);
  };
  const note = () => {
    if (views.error) {
      return `${t('view.loadFailed')}: ${errorReason(t, views.error)}`;
    }
    return views.value && items.length === 0 ? t('view.noneToUse') : '';
  };
  return (
    <div className={classes.root}>
      <Button
        className={classes.button}
        size="small"
        variant="outlined"
        endIcon={<ArrowDropDownIcon />}
        disabled={items.length === 0}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('view.use')}
      </Button>
      <Menu
        open={Boolean(anchor)}
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        MenuListProps={{ 'aria-label': t('view.use') }}
        onClose={() => setAnchor(undefined)}
      >
        {items.map(view => (
          <MenuItem
            key={view.id}
            dense
            className={classes.item}
            onClick={() => use(view)}
          >
            {view.name}
          </MenuItem>
        ))}
      </Menu>
      <Typography
        className={classes.note}
        variant="body2"
        color="textSecondary"
        role="status"
      >
        {used === undefined ? note() : t('view.used', { name: used })}
      </Typography>
    </div>
  );
}
