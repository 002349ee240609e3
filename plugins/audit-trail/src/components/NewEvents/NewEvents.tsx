import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { AuditEventCount } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';

const useStyles = makeStyles(
  theme => ({
    button: {
      width: '100%',
      borderRadius: 0,
      borderTop: `1px solid ${theme.palette.divider}`,
      textTransform: 'none',
      fontWeight: theme.typography.fontWeightBold as 700,
      backgroundColor: theme.palette.action.selected,
    },
  }),
  { name: 'AuditTrailNewEvents' },
);

/**
 * Says that there are newer events than those in the list, and shows them only
 * when somebody wants them: rows do not move under the eyes of who reads them.
 */
export function NewEvents(props: {
  count: AuditEventCount | undefined;
  onShow(): void;
}) {
  const { count, onShow } = props;
  const classes = useStyles();
  const { t } = useTranslation();
  return (
    <div role="status">
      {count && count.totalItems > 0 && (
        <Button
          className={classes.button}
          size="small"
          color="default"
          onClick={onShow}
        >
          {t(count.totalItemsCapped ? 'newEvents.more' : 'newEvents.show', {
            count: count.totalItems,
          })}
        </Button>
      )}
    </div>
  );
}
