// The small parts of every screen.
import { Check, Minus, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  Dialog as AriaDialog,
  DialogTrigger,
  Heading,
  Menu,
  MenuItem,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Popover,
  Switch as AriaSwitch,
  Tooltip,
  TooltipTrigger,
  type ButtonProps,
} from 'react-aria-components'
import * as f from '../lib/format'

type Look = { look?: 'primary' | 'danger' | 'quiet' | ''; small?: boolean; icon?: boolean }

export function Button({ look = '', small, icon, className, ...rest }: ButtonProps & Look) {
  return <AriaButton {...rest} className={`btn ${look} ${small ? 'small' : ''} ${icon ? 'icon' : ''} ${className ?? ''}`} />
}

export function Tip({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <TooltipTrigger delay={400} closeDelay={80}>
      {children}
      <Tooltip className="tip" offset={6}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  )
}

export function Switch(p: { label: string; on: boolean; disabled?: boolean; onChange: (on: boolean) => void }) {
  return (
    <AriaSwitch className="switch" aria-label={p.label} isSelected={p.on} isDisabled={p.disabled ?? false} onChange={p.onChange}>
      <span className="track" />
    </AriaSwitch>
  )
}

export function Checkbox(p: { label: string; on: boolean; some?: boolean; disabled?: boolean; onChange: (on: boolean) => void; children?: ReactNode }) {
  return (
    <AriaCheckbox
      className={`check ${p.children ? 'check-line' : ''}`}
      {...(p.children ? {} : { 'aria-label': p.label })}
      isSelected={p.on}
      isIndeterminate={p.some ?? false}
      isDisabled={p.disabled ?? false}
      onChange={p.onChange}
    >
      <span className="box">{p.some ? <Minus aria-hidden /> : p.on ? <Check aria-hidden /> : null}</span>
      {p.children}
    </AriaCheckbox>
  )
}

export type Item = { id: string; label: ReactNode; text?: string; danger?: boolean; disabled?: boolean; icon?: ReactNode; do: () => void }

export function MenuButton({ button, items, label, selected }: { button: ReactNode; items: Item[]; label: string; selected?: string }) {
  return (
    <MenuTrigger>
      {button}
      <Popover className="pop" offset={5}>
        <Menu
          className="menu"
          aria-label={label}
          {...(selected !== undefined ? { selectionMode: 'single' as const, selectedKeys: [selected] } : {})}
          onAction={(key) => items.find((i) => i.id === key)?.do()}
        >
          {items.map((i) => (
            <MenuItem key={i.id} id={i.id} isDisabled={i.disabled ?? false} className={i.danger ? 'danger' : ''} textValue={i.text ?? String(i.label)}>
              {i.icon}
              {i.label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

export function PopButton({ button, label, children }: { button: ReactNode; label: string; children: ReactNode | ((close: () => void) => ReactNode) }) {
  return (
    <DialogTrigger>
      {button}
      <Popover className="pop" offset={5}>
        <AriaDialog className="body" aria-label={label}>
          {({ close }) => <>{typeof children === 'function' ? children(close) : children}</>}
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  )
}

export function Dialog(p: { title: string; text?: ReactNode; wide?: boolean; open: boolean; fixed?: boolean; onClose: () => void; children?: ReactNode; end?: ReactNode }) {
  return (
    <ModalOverlay className="veil" isOpen={p.open} isDismissable={!p.fixed} isKeyboardDismissDisabled={p.fixed ?? false} onOpenChange={(o) => !o && p.onClose()}>
      <Modal className={`dialog ${p.wide ? 'wide' : ''}`}>
        <AriaDialog>
          <div className="top">
            <Heading slot="title">{p.title}</Heading>
            {p.text ? <p>{p.text}</p> : null}
          </div>
          {p.children ? <div className="mid">{p.children}</div> : null}
          {p.end ? <div className="end">{p.end}</div> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

export type Change = { readonly percent: number | null | undefined; readonly verdict: string } | null | undefined

// How much and whether that is good news: said by sign and colour both.
export function Delta({ change, bare, none }: { change: Change; bare?: boolean; none?: string }) {
  if (!change) return none ? <span className="delta bare">{none}</span> : null
  const news = change.verdict === 'GOOD' ? 'better' : change.verdict === 'BAD' ? 'worse' : 'neutral'
  return (
    <span className={`delta ${change.verdict} ${bare ? 'bare' : ''}`}>
      {change.percent == null ? 'new' : f.percentChange(change.percent)}
      <span className="sr"> {news}</span>
    </span>
  )
}

const tones: Record<string, string> = {
  RUNNING: 'good',
  NOT_STARTED: 'off',
  PENDING: 'warn',
  PAUSED: 'off',
  REJECTED: 'bad',
  NOT_DELIVERING: 'warn',
  ADVERTISER_DISABLED: 'bad',
}
const names: Record<string, string> = {
  RUNNING: 'Active',
  NOT_DELIVERING: 'Not delivering',
  NOT_STARTED: 'Scheduled',
  PENDING: 'In review',
  ADVERTISER_DISABLED: 'Account disabled',
  DELETED_DRAFT: 'Discarded draft',
}
export const statusName = (s: string) => names[s] ?? f.words(s)

export type DeliveryData = { readonly status: string; readonly reasons?: readonly { readonly message?: string }[] } | null | undefined

export function Delivery({ delivery, brief }: { delivery: DeliveryData; brief?: boolean }) {
  if (!delivery) return <span className="muted">{f.none}</span>
  const why = delivery.reasons?.map((r) => r.message).filter(Boolean) ?? []
  const label = <span className={`status ${tones[delivery.status] ?? ''}`}>{statusName(delivery.status)}</span>
  if (brief || why.length === 0) return label
  return (
    <Tip text={why.map((w) => <div key={w}>{w}</div>)}>
      <AriaButton className="linkish" style={{ color: 'inherit', fontWeight: 400 }} aria-label={`${statusName(delivery.status)}: ${why.join(' ')}`}>
        {label}
      </AriaButton>
    </Tip>
  )
}

export function Sparkline({ points, label }: { points: readonly number[]; label: string }) {
  if (points.length < 2) return null
  const top = Math.max(...points) || 1
  const at = points.map((p, i) => `${((i * 84) / (points.length - 1)).toFixed(1)},${(24 - (p / top) * 22).toFixed(1)}`)
  return (
    <svg className="spark" viewBox="0 0 84 26" role="img" aria-label={label}>
      <path className="fill" d={`M0,26L${at.join('L')}L84,26Z`} />
      <path d={`M${at.join('L')}`} />
    </svg>
  )
}

const hues = [8, 28, 48, 150, 172, 196, 214, 248, 276, 320]
// A picture of a Pin; where there is none, a tile that is always the same for it.
export function Thumb({ id, label, size }: { id: string; label: string; size?: number }) {
  let h = 0
  for (const c of id) h = (h * 31 + c.charCodeAt(0)) % 9973
  const hue = hues[h % hues.length]
  return (
    <span className="thumb" aria-hidden style={{ background: `linear-gradient(${h % 180}deg, hsl(${hue} 55% 42%), hsl(${hue! + 40} 60% 30%))`, ...(size ? { width: size, height: size } : {}) }}>
      {label.slice(0, 2).toUpperCase()}
    </span>
  )
}

export const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((w) => w.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase()

export function State(p: { icon: ReactNode; title: string; bad?: boolean; children?: ReactNode; acts?: ReactNode }) {
  return (
    <div className={`state ${p.bad ? 'bad' : ''}`} {...(p.bad ? { role: 'alert' } : {})}>
      <div className="art" aria-hidden>
        {p.icon}
      </div>
      <h3>{p.title}</h3>
      {p.children ? <p>{p.children}</p> : null}
      {p.acts ? <div className="acts">{p.acts}</div> : null}
    </div>
  )
}

export function Notice({ tone, children, onClose, act }: { tone?: 'warn' | 'bad'; children: ReactNode; onClose?: () => void; act?: ReactNode }) {
  return (
    <div className={`notice ${tone ?? ''}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <TriangleAlert className="i" aria-hidden />
      <span>{children}</span>
      <span className="end">
        {act}
        {onClose ? (
          <AriaButton className="linkish" aria-label="Dismiss" onPress={onClose}>
            <X className="i" aria-hidden />
          </AriaButton>
        ) : null}
      </span>
    </div>
  )
}
