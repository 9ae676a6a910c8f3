import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { WarningIcon } from '../icons.tsx'
import classes from './people.module.css'
import { waitText } from './prepare-refusal.ts'
import type { SentForm } from './use-sent-form.ts'
import { words } from './words.ts'

const inputClasses = {
  label: classes.label!,
  input: classes.input!,
  description: classes.hint!,
  error: classes.error!,
}
type Named = { readonly form: SentForm; readonly name: string; readonly label: string }

/** `hint`: under the label, before anything is wrong. */
type TextProps = Named & { readonly hint?: ReactNode } & Omit<ComponentProps<typeof TextInput>, 'form' | 'name'>

export const TextField = ({ form, name, hint, ...rest }: TextProps) => (
  <TextInput
    {...rest}
    {...form.inputOf(name)}
    description={hint}
    classNames={inputClasses}
    autoCapitalize={rest.autoCapitalize ?? 'none'}
    spellCheck={rest.spellCheck ?? false}
  />
)

type SecretProps = Named & {
  readonly hint?: ReactNode
  readonly autoComplete: string
  readonly autoFocus?: boolean
  readonly 'data-autofocus'?: true | undefined
}

export const PasswordField = ({ form, name, hint, ...rest }: SecretProps) => (
  <PasswordInput
    {...rest}
    {...form.inputOf(name)}
    description={hint}
    classNames={{ ...inputClasses, innerInput: classes.innerInput!, visibilityToggle: classes.visibility! }}
    visibilityToggleButtonProps={{ 'aria-label': words.showPassword, tabIndex: 0 }}
  />
)

/** For the password manager: whose password the form is about. Nobody else meets it. */
export const WhosePassword = ({ email }: { readonly email: string }) => (
  <input
    className={classes.spoken}
    type="email"
    name="email"
    autoComplete="username"
    value={email}
    readOnly
    tabIndex={-1}
    aria-hidden="true"
  />
)

export const CodeField = ({ form, name, label, ...rest }: Named & { hint?: ReactNode; autoFocus?: boolean }) => (
  <TextField
    {...rest}
    form={form}
    name={name}
    label={label}
    inputMode="numeric"
    autoComplete="one-time-code"
    maxLength={7}
    className={classes.code!}
  />
)
/** The six digits as people write them. */
export const digitsOf = (text: string): string => text.replaceAll(/\D/g, '')

type ChoiceProps = Named & {
  readonly hint?: ReactNode
  readonly choices: readonly { readonly value: string; readonly name: string }[]
}

export const ChoiceField = ({ form, name, label, hint, choices }: ChoiceProps) => (
  <NativeSelect
    {...form.inputOf(name)}
    label={label}
    description={hint}
    classNames={inputClasses}
    data={choices.map((choice) => ({ value: choice.value, label: choice.name }))}
  />
)

type CheckProps = {
  readonly legend: string
  readonly error?: string | undefined
  readonly children: ReactNode
}

/** Several choices that belong together. */
export function Choices({ legend, error, children }: CheckProps) {
  const errorId = useId()
  return (
    <fieldset className={classes.choices} aria-describedby={error === undefined ? undefined : errorId}>
      <legend>{legend}</legend>
      {children}
      {error !== undefined && (
        <p className={classes.error} id={errorId}>
          {error}
        </p>
      )}
    </fieldset>
  )
}

type ChoiceLineProps = {
  readonly type: 'radio' | 'checkbox'
  readonly name: string
  readonly value: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly invalid?: boolean
  readonly children: ReactNode
}

export const ChoiceLine = ({ children, onChange, invalid, ...rest }: ChoiceLineProps) => (
  <label className={classes.choice}>
    <input {...rest} aria-invalid={invalid || undefined} onChange={(event) => onChange(event.currentTarget.checked)} />
    <span>{children}</span>
  </label>
)

type ActionsProps = {
  readonly form: SentForm
  /** What the button does, in a verb. */
  readonly does: string
  /** One of several forms on a page. */
  readonly among?: boolean
  /** What it does cannot be taken back. */
  readonly grave?: boolean
  readonly children?: ReactNode
}

/** The end of a form: why it was refused as a whole, and the button that sends it. */
export function FormEnd({
  form: { message, busy, waitSeconds },
  does,
  among = false,
  grave = false,
  children,
}: ActionsProps) {
  return (
    <>
      <div role="alert" className={classes.refusal} hidden={message === ''}>
        {message !== '' && (
          <>
            <WarningIcon />
            <p>{message}</p>
          </>
        )}
      </div>
      <div className={classes.actions}>
        <button
          type="submit"
          className={grave ? classes.grave : among ? classes.secondary : classes.primary}
          disabled={busy || waitSeconds > 0}
        >
          {waitSeconds > 0 ? words.wait(waitText(waitSeconds)) : does}
        </button>
        {children}
      </div>
    </>
  )
}
