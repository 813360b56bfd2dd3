#!/bin/sh
# Draws the PNG files from the SVG files. Needs rsvg-convert (Debian: librsvg2-bin).
set -eu
cd "$(dirname "$0")"

rsvg-convert -w 512 -h 512 icon.svg -o icon.png
rsvg-convert -w 128 -h 128 icon.svg -o icon-128.png

# NAME SVG-SOURCE: the tray at 22 px, and at 44 px for dense screens.
draw_tray() {
  rsvg-convert -w 22 -h 22 "$2" -o "$1.png"
  rsvg-convert -w 44 -h 44 "$2" -o "$1@2x.png"
}

draw_tray tray tray.svg
for number in 1 2 3 4 5 6 7 8 9 many; do
  text=$number
  [ "$number" = many ] && text='+'
  sed "s/NUMBER/$text/" tray-number.svg > .drawing.svg
  draw_tray "tray-$number" .drawing.svg
done
rm -f .drawing.svg
