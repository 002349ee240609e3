import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import type { SavedView } from 'backstage-plugin-audit-trail-common';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../hooks';
import { FormDialog } from '../FormDialog';

/** Shows the link of a view where the page may not copy it. */
export function ViewLinkDialog(props: {
  view: SavedView;
  link: string;
  onClose(): void;
}) {
  const { view, link, onClose } = props;
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <FormDialog
      title={t('view.linkTitle', { name: view.name })}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      <TextField
        inputRef={field}
        id="audit-trail-view-link"
        fullWidth
        size="small"
        variant="outlined"
        label={t('view.link')}
        helperText={t('drawer.copyHint')}
        inputProps={{ readOnly: true }}
        value={link}
      />
    </FormDialog>
  );
}
