import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import Select from '@material-ui/core/Select';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import ChevronLeftIcon from '@material-ui/icons/ChevronLeft';
import ChevronRightIcon from '@material-ui/icons/ChevronRight';
import type { AuditEventPage } from 'backstage-plugin-audit-trail-common';
import { useTranslation, type TrailUrlState } from '../../hooks';
import { PAGE_SIZES } from '../../model/trailState';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1, 2),
      padding: theme.spacing(1, 1.5),
    },
    size: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginRight: 'auto',
    },
    select: { fontSize: '0.875rem' },
    turn: { display: 'flex', whiteSpace: 'nowrap' },
    button: { textTransform: 'none' },
    // Not `disabled`, at which the focus would be lost.
    end: { opacity: 0.4, cursor: 'default' },
  }),
  { name: 'AuditTrailPaging' },
);

/** Leads to newer and older events, and says how many are shown at once. */
export function Paging(props: {
  trail: TrailUrlState;
  page: AuditEventPage | undefined;
  loading: boolean;
}) {
  const { trail, page, loading } = props;
  const { state, change } = trail;
  const classes = useStyles();
  const { t } = useTranslation();
  const { nextCursor, prevCursor } = page?.pageInfo ?? {};
  const [before, after] =
    state.order === 'desc'
      ? [t('paging.newer'), t('paging.older')]
      : [t('paging.older'), t('paging.newer')];
  const turn = (cursor: string | undefined) => ({
    className: `${classes.button} ${cursor ? '' : classes.end}`,
    size: 'small' as const,
    disableRipple: !cursor,
    'aria-disabled': loading || !cursor,
    onClick: () => {
      if (cursor && !loading) {
        change({ cursor });
      }
    },
  });
  return (
    <nav className={classes.root} aria-label={t('paging.label')}>
      <div className={classes.size}>
        <Typography
          variant="body2"
          color="textSecondary"
          id="audit-trail-page-size"
        >
          {t('paging.size')}
        </Typography>
        <Select
          className={classes.select}
          disableUnderline
          labelId="audit-trail-page-size"
          // Without a name, its name for screen readers lacks the number.
          name="audit-trail-page-size"
          value={state.limit}
          onChange={event => change({ limit: Number(event.target.value) })}
        >
          {PAGE_SIZES.map(size => (
            <MenuItem key={size} value={size}>
              {size}
            </MenuItem>
          ))}
        </Select>
      </div>
      <div className={classes.turn}>
        <Button {...turn(prevCursor)} startIcon={<ChevronLeftIcon />}>
          {before}
        </Button>
        <Button {...turn(nextCursor)} endIcon={<ChevronRightIcon />}>
          {after}
        </Button>
      </div>
    </nav>
  );
}
