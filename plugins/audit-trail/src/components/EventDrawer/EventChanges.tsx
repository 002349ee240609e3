import type { AuditEventChange } from 'backstage-plugin-audit-trail-common';
import { useTranslation } from '../../hooks';
import { useDrawerStyles } from './useDrawerStyles';

function text(value: AuditEventChange['before']): string {
  if (value === undefined) {
    return '–';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What an event changed: before and after. */
export function EventChanges(props: { changes: readonly AuditEventChange[] }) {
  const classes = useDrawerStyles();
  const { t } = useTranslation();
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th scope="col">{t('drawer.path')}</th>
          <th scope="col">{t('drawer.valueBefore')}</th>
          <th scope="col">{t('drawer.valueAfter')}</th>
        </tr>
      </thead>
      <tbody>
        {props.changes.map(change => (
          <tr key={change.path}>
            <td className={classes.code}>{change.path}</td>
            <td className={classes.code}>{text(change.before)}</td>
            <td className={classes.code}>{text(change.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
