import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import { isMissing, runCommand } from './command.ts'
import type { PrintOutcome, TransportOptions } from './port.ts'

/** PowerShell compiles the few lines of C# first, ms. */
const scriptMs = 30_000

/**
 * The queue's name and the bytes come by standard input, base64, so that neither can be read as a command. RAW hands the
 * bytes to the port as they are (OpenPrinter, StartDocPrinter, WritePrinter, EndDocPrinter of winspool.drv; facts §7).
 */
const script = `
$ErrorActionPreference = 'Stop'
$name = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadLine()))
$line = [Console]::In.ReadLine()
$printer = Get-Printer -Name $name
if ($printer.WorkOffline -or $printer.PrinterStatus -match 'Offline|Paused|Error|PaperOut|DoorOpen') {
  "state $($printer.PrinterStatus)"; exit 2
}
if (-not $line) { 'state ready'; exit 0 }
$bytes = [Convert]::FromBase64String($line)
Add-Type -TypeDefinition @'
using System; using System.Runtime.InteropServices;
public static class Raw {
  [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
  public class Doc { public string Name; public string Output; public string Type; }
  [DllImport("winspool.drv", CharSet = CharSet.Unicode, SetLastError = true)]
  public static extern bool OpenPrinter(string name, out IntPtr printer, IntPtr defaults);
  [DllImport("winspool.drv", SetLastError = true)] public static extern bool ClosePrinter(IntPtr printer);
  [DllImport("winspool.drv", CharSet = CharSet.Unicode, SetLastError = true)]
  public static extern int StartDocPrinter(IntPtr printer, int level, [In] Doc doc);
  [DllImport("winspool.drv", SetLastError = true)] public static extern bool EndDocPrinter(IntPtr printer);
  [DllImport("winspool.drv", SetLastError = true)]
  public static extern bool WritePrinter(IntPtr printer, byte[] bytes, int count, out int written);
}
'@
$handle = [IntPtr]::Zero
if (-not [Raw]::OpenPrinter($name, [ref]$handle, [IntPtr]::Zero)) { 'state refused'; exit 2 }
$doc = New-Object Raw+Doc; $doc.Name = 'Kaunta'; $doc.Type = 'RAW'
$written = 0
if ([Raw]::StartDocPrinter($handle, 1, $doc) -eq 0) { 'state refused'; exit 2 }
'begun'
[void][Raw]::WritePrinter($handle, $bytes, $bytes.Length, [ref]$written)
[void][Raw]::EndDocPrinter($handle)
[void][Raw]::ClosePrinter($handle)
"written $written"
`

function base64(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString('base64')
}

function runScript(queue: string, bytes: Uint8Array, { clock, signal }: TransportOptions) {
  const encoded = Buffer.from(script, 'utf16le').toString('base64')
  return runCommand('powershell.exe', ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded], {
    clock,
    timeoutMs: scriptMs,
    signal,
    input: Buffer.from(`${base64(queue)}\n${base64(bytes)}\n`),
  })
}

function reasonFor(out: string): ReasonCode {
  if (/PaperOut/.test(out)) return 'noPaper'
  return /DoorOpen/.test(out) ? 'coverOpen' : 'printerOffline'
}

/** Hands a job to the Windows spooler as RAW. Untested: no machine of this project runs Windows. */
export async function printOnSpooler(
  queue: string,
  bytes: Uint8Array,
  options: TransportOptions,
): Promise<PrintOutcome> {
  if (options.signal?.aborted === true)
    return { kind: 'notStarted', reason: 'cancelledHere', detail: 'cancelled' }
  const ran = await runScript(queue, bytes, options)
  if (isMissing(ran)) return { kind: 'notStarted', reason: 'printerOffline', detail: ran.complaint }
  const written = Number(/^written (\d+)/m.exec(ran.out)?.[1] ?? 0)
  // A script that was stopped may have begun without having been able to say so.
  if (ran.code === null || /^(?:begun|written)/m.test(ran.out)) {
    const detail = ran.complaint || 'sent; the Windows spooler cannot hear the printer'
    return { kind: 'unknown', detail, bytesAccepted: written }
  }
  return { kind: 'notStarted', reason: reasonFor(ran.out), detail: ran.out.trim() || ran.complaint }
}

/** What the Windows spooler says of a queue. Untested, as above. */
export async function checkSpooler(
  queue: string,
  options: TransportOptions,
): Promise<{ readonly reason: ReasonCode | null; readonly detail: string }> {
  const ran = await runScript(queue, new Uint8Array(0), options)
  if (ran.code === 0) return { reason: null, detail: ran.out.trim() }
  return { reason: reasonFor(ran.out), detail: ran.out.trim() || ran.complaint }
}
