import { makeStyles } from '@material-ui/core/styles';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import { useTranslation } from '../../hooks';
import { errorText } from './errorText';

const useStyles = makeStyles(
  theme => ({
    icon: {
      color: errorText(theme),
      fontSize: '1.125rem',
      flexShrink: 0,
    },
  }),
  { name: 'AuditTrailHarmfulIcon' },
);

/** Marks an activity that takes something away that somebody may miss. */
export function HarmfulIcon() {
  const classes = useStyles();
  const { t } = useTranslation();
  return (
    <ReportProblemOutlinedIcon
      className={classes.icon}
      titleAccess={t('common.harmful')}
    />
  );
}
