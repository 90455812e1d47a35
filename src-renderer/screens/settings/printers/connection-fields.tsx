import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { baudRates } from '../../../../src-preload/contract/printer-facts.ts'
import type { Connection } from '../../../../src-preload/contract/printer-models.ts'
import { hintBelow } from '../hint-below.ts'
import { useWords } from '../words.ts'
import { connectionKinds, emptyConnection, hexOf } from './draft.ts'
import { PortField } from './port-field.tsx'

type Of<K extends Connection['kind']> = Connection & { kind: K }

interface FieldsProps<K extends Connection['kind']> {
  readonly connection: Of<K>
  readonly errorOf: (field: string) => string | undefined
  readonly onChange: (connection: Connection) => void
}

const flows = ['none', 'rtscts', 'xonxoff'] as const

function NetworkFields({ connection, errorOf, onChange }: FieldsProps<'network'>) {
  const { t } = useWords()
  return (
    <>
      <TextInput
        label={t('settings.printers.fields.host')}
        required
        placeholder="192.168.1.50"
        value={connection.host}
        error={errorOf('host')}
        onChange={(event) => onChange({ ...connection, host: event.currentTarget.value })}
        autoComplete="off"
        spellCheck={false}
      />
      <PortField
        value={Number.isNaN(connection.port) ? '' : String(connection.port)}
        error={errorOf('port')}
        onChange={(port) => onChange({ ...connection, port: Number.parseInt(port, 10) })}
      />
    </>
  )
}

function SerialFields({ connection, errorOf, onChange }: FieldsProps<'serial'>) {
  const { t } = useWords()
  return (
    <>
      <TextInput
        label={t('settings.printers.fields.path')}
        required
        placeholder="COM3, /dev/ttyUSB0, /dev/rfcomm0"
        value={connection.path}
        error={errorOf('path')}
        onChange={(event) => onChange({ ...connection, path: event.currentTarget.value })}
        autoComplete="off"
        spellCheck={false}
      />
      <NativeSelect
        label={t('settings.printers.fields.baudRate')}
        value={String(connection.baudRate)}
        data={baudRates.map(String)}
        onChange={(event) => {
          const baudRate = baudRates.find((rate) => String(rate) === event.currentTarget.value)
          if (baudRate !== undefined) onChange({ ...connection, baudRate })
        }}
      />
      <NativeSelect
        label={t('settings.printers.fields.flow')}
        description={t('settings.printers.fields.flowHint')}
        inputWrapperOrder={hintBelow}
        value={connection.flow}
        data={flows.map((value) => ({ value, label: t(`settings.printers.fields.flows.${value}`) }))}
        onChange={(event) => {
          const flow = flows.find((one) => one === event.currentTarget.value)
          if (flow !== undefined) onChange({ ...connection, flow })
        }}
      />
    </>
  )
}

interface HexFieldProps {
  readonly label: string
  readonly value: number
  readonly error: string | undefined
  readonly onChange: (value: number) => void
}

function HexField({ label, value, error, onChange }: HexFieldProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState(hexOf(value))
  return (
    <TextInput
      label={label}
      description={t('settings.printers.fields.hexHint')}
      inputWrapperOrder={hintBelow}
      required
      pattern="[0-9A-Fa-f]{4}"
      placeholder="04b8"
      value={typed}
      error={error}
      onChange={(event) => {
        const text = event.currentTarget.value.replace(/^0x/i, '').slice(0, 4)
        setTyped(text)
        onChange(/^[0-9a-f]{1,4}$/i.test(text) ? Number.parseInt(text, 16) : Number.NaN)
      }}
      autoComplete="off"
      spellCheck={false}
    />
  )
}

function UsbFields({ connection, errorOf, onChange }: FieldsProps<'usb'>) {
  const { t } = useWords()
  return (
    <>
      <HexField
        label={t('settings.printers.fields.vendorId')}
        value={connection.vendorId}
        error={errorOf('vendorId')}
        onChange={(vendorId) => onChange({ ...connection, vendorId })}
      />
      <HexField
        label={t('settings.printers.fields.productId')}
        value={connection.productId}
        error={errorOf('productId')}
        onChange={(productId) => onChange({ ...connection, productId })}
      />
      <TextInput
        label={t('settings.printers.fields.serialNumber')}
        value={connection.serialNumber ?? ''}
        error={errorOf('serialNumber')}
        onChange={(event) => {
          const { value } = event.currentTarget
          onChange({ ...connection, serialNumber: value === '' ? null : value })
        }}
        autoComplete="off"
        spellCheck={false}
      />
    </>
  )
}

interface OneFieldProps {
  readonly label: string
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}

function OneField({ label, value, error, onChange }: OneFieldProps) {
  return (
    <TextInput
      label={label}
      required
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
    />
  )
}

function KindFields({ connection, errorOf, onChange }: ConnectionFieldsProps) {
  const { t } = useWords()
  switch (connection.kind) {
    case 'network':
      return <NetworkFields connection={connection} errorOf={errorOf} onChange={onChange} />
    case 'serial':
      return <SerialFields connection={connection} errorOf={errorOf} onChange={onChange} />
    case 'usb':
      return <UsbFields connection={connection} errorOf={errorOf} onChange={onChange} />
    case 'device':
      return (
        <OneField
          label={t('settings.printers.fields.devicePath')}
          value={connection.path}
          error={errorOf('path')}
          onChange={(path) => onChange({ ...connection, path })}
        />
      )
    default:
      return (
        <OneField
          label={t('settings.printers.fields.queue')}
          value={connection.queue}
          error={errorOf('queue')}
          onChange={(queue) => onChange({ ...connection, queue })}
        />
      )
  }
}

interface ConnectionFieldsProps {
  readonly connection: Connection
  readonly errorOf: (field: string) => string | undefined
  readonly onChange: (connection: Connection) => void
}

/** How a printer is connected, and where. */
export function ConnectionFields({ connection, errorOf, onChange }: ConnectionFieldsProps) {
  const { t } = useWords()
  return (
    <>
      <NativeSelect
        label={t('settings.printers.fields.kind')}
        value={connection.kind}
        data={connectionKinds.map((value) => ({ value, label: t(`settings.printers.kinds.${value}`) }))}
        onChange={(event) => {
          const kind = connectionKinds.find((one) => one === event.currentTarget.value)
          if (kind !== undefined) onChange(emptyConnection[kind])
        }}
      />
      <KindFields connection={connection} errorOf={errorOf} onChange={onChange} />
    </>
  )
}
