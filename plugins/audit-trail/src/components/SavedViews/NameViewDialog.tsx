import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { SavedView } from 'backstage-plugin-audit-trail-common';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useAction, useTranslation } from '../../hooks';
import { fieldError } from '../../model/fieldError';
import { numberLabel } from '../../model/labels';
import { MAX_VIEW_NAME_LENGTH } from '../../model/savedViews';
import { CancelButton, FormDialog } from '../FormDialog';

const FORM = 'audit-trail-name-view';

/** Gives a name to what the page shows, or another one to a view. */
export function NameViewDialog(props: {
  /** The view to rename; a new one if left out. */
  view?: SavedView;
  /** Whether the new one may be for everyone. */
  mayShare?: boolean;
  onSave(view: { name: string; shared: boolean }): Promise<void>;
  onClose(): void;
}) {
  const { view, mayShare, onSave, onClose } = props;
  const { t } = useTranslation();
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(false);
  const saving = useAction(onSave);
  const field = useRef<HTMLInputElement>(null);
  // Whoever is asked for a name can type at once.
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const failed = saving.error && fieldError(t, saving.error);
  const tooLong = [...name.trim()].length > MAX_VIEW_NAME_LENGTH;
  const wanted = name.trim();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (await saving.run({ name: wanted, shared })) {
      onClose();
    }
  };
  return (
    <FormDialog
      title={
        view ? t('view.renameTitle', { name: view.name }) : t('view.saveTitle')
      }
      busy={saving.running}
      onClose={onClose}
      actions={
        <>
          <CancelButton disabled={saving.running} onClick={onClose} />
          <Button
            type="submit"
            form={FORM}
            color="primary"
            variant="contained"
            disabled={
              saving.running || !wanted || tooLong || wanted === view?.name
            }
          >
            {t('common.save')}
          </Button>
        </>
      }
    >
      {!view && <Typography>{t('view.saveText')}</Typography>}
      <form id={FORM} onSubmit={onSubmit} noValidate>
        <TextField
          inputRef={field}
          id="audit-trail-view-name"
          fullWidth
          size="small"
          variant="outlined"
          label={t('view.name')}
          value={name}
          error={tooLong || failed?.field === 'name'}
          helperText={
            failed?.field === 'name'
              ? failed.reason
              : t('view.nameHint', {
                  most: numberLabel(t, MAX_VIEW_NAME_LENGTH),
                })
          }
          onChange={event => {
            setName(event.target.value);
            saving.reset();
          }}
        />
        {mayShare && (
          <FormControlLabel
            control={
              <Checkbox
                color="primary"
                checked={shared}
                onChange={event => setShared(event.target.checked)}
              />
            }
            label={t('view.saveShared')}
          />
        )}
      </form>
      {failed && failed.field !== 'name' && (
        <Alert severity="error">
          {t('view.saveFailed', { reason: failed.reason })}
        </Alert>
      )}
    </FormDialog>
  );
}
