import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Role } from '../../../src-preload/contract/rights.ts'
import type { Staff } from '../../../src-preload/contract/staff.ts'
import { pinLongest, pinShortest } from '../../components/approval-pin.tsx'
import { useManagerWord } from '../../components/approved-call.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { PickList } from '../../components/pick-list.tsx'
import { concerns, problemOf } from '../../components/problem.ts'
import { useAction } from '../../components/use-action.ts'
import { useStaffDesk } from '../../components/use-staff.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { SaveRow } from './save-row.tsx'
import { useWords } from './words.ts'

const roles = ['cashier', 'manager'] as const satisfies readonly Role[]

interface TypedPerson {
  readonly name: string
  readonly role: Role
  /** Empty: the PIN stays as it is. */
  readonly pin: string
  readonly active: boolean
}

function typedOf(person: Staff | null): TypedPerson {
  return {
    name: person?.name ?? '',
    role: person?.role ?? 'cashier',
    pin: '',
    active: person?.active ?? true,
  }
}

function PersonRow({ person }: { readonly person: Staff }) {
  const { t } = useWords()
  return (
    <>
      <strong>{person.name}</strong>
      <span className="pick-low">
        <span>{t(`role.${person.role}`)}</span>
        {person.pinSet ? null : <span className="tone-amber">! {t('settings.staff.noPin')}</span>}
        {person.active ? null : <span>⊘ {t('settings.staff.left')}</span>}
      </span>
    </>
  )
}

interface FieldsProps {
  readonly person: Staff | null
  readonly typed: TypedPerson
  readonly errorOf: (field: string) => string | undefined
  readonly onChange: (part: Partial<TypedPerson>) => void
}

function Fields({ person, typed, errorOf, onChange }: FieldsProps) {
  const { t } = useWords()
  return (
    <div className="form-grid">
      <TextInput
        label={t('settings.staff.name')}
        required
        value={typed.name}
        error={errorOf('name')}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        autoComplete="off"
        maxLength={40}
      />
      <NativeSelect
        label={t('settings.staff.role')}
        value={typed.role}
        data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        onChange={(event) =>
          onChange({ role: event.currentTarget.value === 'manager' ? 'manager' : 'cashier' })
        }
      />
      <TextInput
        type="password"
        inputMode="numeric"
        label={t('settings.staff.pin')}
        description={t(person?.pinSet === true ? 'settings.staff.pinKeep' : 'settings.staff.pinChoose')}
        placeholder={person?.pinSet === true ? '••••' : ''}
        required={person === null}
        value={typed.pin}
        error={errorOf('pin')}
        onChange={(event) =>
          onChange({ pin: event.currentTarget.value.replace(/\D/g, '').slice(0, pinLongest) })
        }
        autoComplete="new-password"
      />
      <label className="check">
        <input
          type="checkbox"
          checked={typed.active}
          onChange={(event) => onChange({ active: event.currentTarget.checked })}
        />
        {t('settings.staff.active')}
      </label>
    </div>
  )
}

interface PersonFormProps {
  readonly person: Staff | null
  /** It was made a moment ago, and nothing was typed since. */
  readonly justMade: boolean
  readonly onSaved: (person: Staff) => void
}

/** Refusals of a PIN name no field: they stand at the PIN all the same. */
function concernsField(error: unknown, field: string): boolean {
  const problem = problemOf(error)
  return (field === 'pin' && problem.code.startsWith('PIN_')) || concerns(problem, field)
}

function PersonForm({ person, justMade, onSaved }: PersonFormProps) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const withWord = useManagerWord()
  const { say } = useWording()
  const cache = useQueryClient()
  const [typed, setTyped] = useState(() => typedOf(person))
  const [touched, setTouched] = useState(false)
  const action = useAction()
  const pinShort = typed.pin !== '' && typed.pin.length < pinShortest
  const errorOf = (field: string) => {
    if (field === 'pin' && pinShort && action.error === null) return undefined
    return action.error !== null && concernsField(action.error, field)
      ? say(problemOf(action.error).sentence)
      : undefined
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (pinShort) return
    void action.run(async () => {
      const { name, role, pin, active } = typed
      const saved = await withWord((word) =>
        client.staff.save({
          ...(person === null ? {} : { id: person.id }),
          name,
          role,
          active,
          ...(pin === '' ? {} : { pin }),
          ...word,
        }),
      )
      setTyped((before) => ({ ...before, pin: '' }))
      await cache.invalidateQueries({ queryKey: queries.staff.key() })
      onSaved(saved)
    })
  }
  return (
    <form className="settings-card form" onSubmit={submit}>
      <h2>{person === null ? t('settings.staff.add') : person.name}</h2>
      <Fields
        person={person}
        typed={typed}
        errorOf={errorOf}
        onChange={(part) => {
          setTyped((before) => ({ ...before, ...part }))
          setTouched(true)
          action.reset()
        }}
      />
      {pinShort ? <p className="quiet">{t('pin.wrong')}</p> : null}
      <SaveRow action={{ ...action, done: action.done || (justMade && !touched) }} />
    </form>
  )
}

/** Who works here, what each may do, and their PINs. */
export default function StaffSettings() {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { desk } = useStaffDesk()
  const { data: people, error } = useQuery(queries.staff.list.queryOptions())
  const [chosen, setChosen] = useState<string | null>(null)
  const [adding, setAdding] = useState(0)
  const [made, setMade] = useState<string | null>(null)
  if (people === undefined) return <ErrorBanner error={error} />
  const person = people.find(({ id }) => id === chosen) ?? null
  return (
    <div className="account-layout">
      <div className="account-lists">
        {desk?.pinMissing === true ? <p className="manager-only">{t('settings.staff.pinMissing')}</p> : null}
        <PickList
          label={t('settings.tabs.staff')}
          rows={people}
          idOf={({ id }) => id}
          chosen={chosen}
          onChoose={setChosen}
        >
          {(row) => <PersonRow person={row} />}
        </PickList>
        <Button
          variant="light"
          onClick={() => {
            setChosen(null)
            setAdding(adding + 1)
          }}
        >
          + {t('settings.staff.add')}
        </Button>
        <p className="quiet">{t('settings.staff.rules')}</p>
      </div>
      {person === null && adding === 0 ? (
        <p className="quiet">{t('settings.staff.choose')}</p>
      ) : (
        <PersonForm
          key={person?.id ?? `new ${adding}`}
          person={person}
          justMade={person !== null && person.id === made}
          onSaved={({ id }) => {
            if (person === null) setMade(id)
            setChosen(id)
          }}
        />
      )}
    </div>
  )
}
