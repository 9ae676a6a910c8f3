import { Button, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Dialog } from '../people/dialog.tsx'
import { messageOf } from '../people/prepare-refusal.ts'
import classes from './quality.module.css'
import { discard } from './requests.ts'
import { words } from './words.ts'

type Props = { readonly id: string; readonly onDone: () => void; readonly onClose: () => void }

/** Asks why, before a document is given up. */
export function DiscardDialog({ id, onDone, onClose }: Props) {
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() === '' ? words.discard.missing : null) },
  })
  const giveUp = useMutation({
    mutationFn: (reason: string) => discard(id, reason),
    onSuccess: () => {
      onDone()
      onClose()
    },
  })
  return (
    <Dialog title={words.discard.title} onClose={onClose}>
      <form className={classes.form} noValidate onSubmit={form.onSubmit(({ reason }) => giveUp.mutate(reason.trim()))}>
        <p>{words.discard.prose}</p>
        <Textarea
          label={words.discard.reason}
          description={words.discard.reasonHint}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
          {...form.getInputProps('reason')}
        />
        {giveUp.error !== null && (
          <p className={classes.fault} role="alert">
            {messageOf(giveUp.error)}
          </p>
        )}
        <div className={classes.actions}>
          <Button type="submit" color="red" loading={giveUp.isPending} className={classes.graveFilled!}>
            {words.discard.does}
          </Button>
          <Button variant="default" onClick={onClose}>
            {words.discard.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
