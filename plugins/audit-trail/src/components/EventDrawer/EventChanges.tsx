import { makeStyles } from '@material-ui/core/styles';
import type { AuditEventChange } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { changeLines } from '../../model/changeLines';
import { useDrawerStyles } from './useDrawerStyles';

const SIGNS = { added: '+', removed: '−', changed: '~' } as const;

const useStyles = makeStyles(
  theme => ({
    sign: {
      width: 20,
      fontWeight: theme.typography.fontWeightBold as 700,
      textAlign: 'center',
    },
    hidden: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    },
    removed: { textDecoration: 'line-through' },
  }),
  { name: 'AuditTrailEventChanges' },
);

/** What an event changed, value by value: before and after. */
export function EventChanges(props: { changes: readonly AuditEventChange[] }) {
  const classes = { ...useDrawerStyles(), ...useStyles() };
  const { t } = useTranslation();
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th scope="col" className={classes.sign}>
            <span className={classes.hidden}>{t('drawer.change')}</span>
          </th>
          <th scope="col">{t('drawer.path')}</th>
          <th scope="col">{t('drawer.valueBefore')}</th>
          <th scope="col">{t('drawer.valueAfter')}</th>
        </tr>
      </thead>
      <tbody>
        {changeLines(props.changes).map((line, index) => (
          <tr key={index}>
            <td className={`${classes.code} ${classes.sign}`}>
              <span aria-hidden title={t(`drawer.${line.kind}`)}>
                {SIGNS[line.kind]}
              </span>
              <span className={classes.hidden}>{t(`drawer.${line.kind}`)}</span>
            </td>
            <td className={classes.code}>{line.path}</td>
            <td
              className={`${classes.code} ${
                line.kind === 'removed' ? classes.removed : ''
              }`}
            >
              {line.before ?? '–'}
            </td>
            <td className={classes.code}>{line.after ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
