import { IconFile, IconFileText, IconFileZip, IconPhoto, IconVideo } from '@tabler/icons-react'

type Props = { readonly name: string; readonly type: string }

const ARCHIVE = /\.(zip|gz|tgz|bz2|xz|zst|7z|rar|tar)$/i
const TEXT = /\.(txt|log|json|ya?ml|csv|xml|md|pdf|har|conf|ini)$/i

/** What a file claims to be; nothing depends on it. */
export function FileIcon({ name, type }: Props) {
  const Icon = iconOf(name, type)
  return <Icon size={16} stroke={1.75} aria-hidden />
}

function iconOf(name: string, type: string) {
  if (type.startsWith('image/')) return IconPhoto
  if (type.startsWith('video/') || type.startsWith('audio/')) return IconVideo
  if (ARCHIVE.test(name)) return IconFileZip
  return type.startsWith('text/') || TEXT.test(name) ? IconFileText : IconFile
}
