/** Pictures by what they mean here: all of one set, drawn with the ink they stand in. Each stands beside a word. */
import type { LucideProps } from 'lucide-react'

export {
  ArrowDown as DownIcon,
  ArrowUp as UpIcon,
  Bell as NoticesIcon,
  BellRing as AlertsIcon,
  Bookmark as SavedIcon,
  Boxes as StockIcon,
  Calendar as CalendarIcon,
  ChartNoAxesColumn as ModelsIcon,
  ChartSpline as ForecastIcon,
  Check as DoneIcon,
  ChevronsLeft as CollapseIcon,
  ChevronsRight as ExpandIcon,
  CircleHelp as HelpIcon,
  CircleX as CriticalIcon,
  ClipboardCheck as QualityIcon,
  CloudOff as OfflineIcon,
  Columns3 as ColumnsIcon,
  Copy as CopyIcon,
  Download as DownloadIcon,
  Ellipsis as MoreIcon,
  FileUp as ImportsIcon,
  Gauge as OverviewIcon,
  GitFork as LineageIcon,
  History as AuditIcon,
  House as HomeIcon,
  LogOut as SignOutIcon,
  Minus as SameIcon,
  Moon as MoonIcon,
  OctagonAlert as UrgentIcon,
  Package as ItemIcon,
  PackageCheck as InStockIcon,
  PackageMinus as OversoldIcon,
  PackageSearch as UncountedIcon,
  PackageX as SoldOutIcon,
  Pause as PauseIcon,
  Pencil as EditIcon,
  Pin as PinIcon,
  Play as PlayIcon,
  Plug as IntegrationsIcon,
  Plus as AddIcon,
  ReceiptText as TransactionsIcon,
  RefreshCw as WaitingIcon,
  Search as SearchIcon,
  Settings as SettingsIcon,
  SlidersHorizontal as FilterIcon,
  Store as StoreIcon,
  Sun as SunIcon,
  SunMoon as AutoIcon,
  Trash2 as RemoveIcon,
  TrendingUp as SalesIcon,
  TriangleAlert as WarningIcon,
  Truck as ReordersIcon,
  Undo2 as RefundsIcon,
  Undo2 as UndoIcon,
  Upload as UploadIcon,
  User as PersonIcon,
  Users as PeopleIcon,
  Workflow as RunsIcon,
  X as CloseIcon,
} from 'lucide-react'

export type IconProps = Pick<LucideProps, 'size' | 'className'>

/** The product's own mark. */
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
