/** The few pictures of this dashboard: 24 x 24, drawn with the ink they stand in. Each stands beside a word. */
import type { ReactNode } from 'react'

export type IconProps = { readonly size?: number; readonly className?: string | undefined }

/** The drawing of an icon in its frame. */
function Stroked({ size = 16, className, children }: IconProps & { readonly children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

export const OverviewIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M4 13a8 8 0 0 1 16 0" />
    <path d="M12 13l4-4" />
    <path d="M4 18h16" />
  </Stroked>
)
export const AlertsIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15z" />
    <path d="M10.5 21h3" />
  </Stroked>
)
export const SalesIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M6 3h12v18l-3-2-3 2-3-2-3 2z" />
    <path d="M9.5 8.5h5M9.5 12.5h5" />
  </Stroked>
)
export const InstallIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M12 4v11M7 10l5 5 5-5" />
    <path d="M5 20h14" />
  </Stroked>
)
export const UpIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M12 19V5M6 11l6-6 6 6" />
  </Stroked>
)
export const DownIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M12 5v14M6 13l6 6 6-6" />
  </Stroked>
)
export const SameIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M5 9h14M5 15h14" />
  </Stroked>
)
export const CriticalIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M8.5 3h7L21 8.5v7L15.5 21h-7L3 15.5v-7z" />
    <path d="M12 7.5v5.5M12 16.5v.01" />
  </Stroked>
)
export const WarningIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M12 3.5L22 20.5H2z" />
    <path d="M12 10v4.5M12 17.5v.01" />
  </Stroked>
)
export const DoneIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M4 12.5l5.5 5.5L20 6.5" />
  </Stroked>
)
export const SunIcon = (props: IconProps) => (
  <Stroked {...props}>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4" />
  </Stroked>
)
export const MoonIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z" />
  </Stroked>
)
export const AutoIcon = (props: IconProps) => (
  <Stroked {...props}>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 3v18a9 9 0 0 0 0-18z" fill="currentColor" />
  </Stroked>
)
export const HelpIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M3 7h18v11H3z" />
    <path d="M7 11v.01M11 11v.01M15 11v.01M8 14.5h8" />
  </Stroked>
)
export const CopyIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M9 9h11v11H9z" />
    <path d="M5 15H4V4h11v1" />
  </Stroked>
)
export const TableIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M4 5h16v14H4zM4 10h16M10 10v9" />
  </Stroked>
)
export const ChartIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M4 20h16M7 16v-5M12 16V6M17 16v-8" />
  </Stroked>
)
export const DownloadIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M12 4v11M7 10.5l5 5 5-5M5 20h14" />
  </Stroked>
)
export const CollapseIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M4 5h16v14H4zM9.5 5v14M16.5 9.5L14 12l2.5 2.5" />
  </Stroked>
)
export const ExpandIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M4 5h16v14H4zM9.5 5v14M14 9.5l2.5 2.5-2.5 2.5" />
  </Stroked>
)
export const OfflineIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M3 3l18 18M8.5 16.5a5 5 0 0 1 7 0M5 13a10 10 0 0 1 4-2.4M15 10.6a10 10 0 0 1 4 2.4M2 9a15 15 0 0 1 4-2.6M11 5a15 15 0 0 1 11 4M12 20v.01" />
  </Stroked>
)
export const WaitingIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M20 12a8 8 0 1 1-2.3-5.6M20 3v4h-4" />
  </Stroked>
)
export const PauseIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M8 5v14M16 5v14" />
  </Stroked>
)
export const PlayIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M7 4.5l12 7.5-12 7.5z" />
  </Stroked>
)
export const HomeIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M4 11l8-7 8 7v9H4z" />
    <path d="M10 20v-5h4v5" />
  </Stroked>
)
export const PersonIcon = (props: IconProps) => (
  <Stroked {...props}>
    <circle cx="12" cy="8" r="4" />
    <path d="M4.5 20a7.5 7.5 0 0 1 15 0" />
  </Stroked>
)
export const PeopleIcon = (props: IconProps) => (
  <Stroked {...props}>
    <circle cx="9" cy="8.5" r="3.5" />
    <path d="M3 19.5a6 6 0 0 1 12 0M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.2a6 6 0 0 1 3.5 5.3" />
  </Stroked>
)
export const AuditIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M4 12a8 8 0 1 0 2.3-5.6M4 3v4h4" />
    <path d="M12 8v4.5l3 1.8" />
  </Stroked>
)
export const AddIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M12 5v14M5 12h14" />
  </Stroked>
)
export const SignOutIcon = (props: IconProps) => (
  <Stroked {...props}>
    <path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4" />
  </Stroked>
)
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#1d5bd6" />
      <g fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round">
        <path d="M8 12h14l-4-4" />
        <path d="M24 20H10l4 4" />
      </g>
    </svg>
  )
}
