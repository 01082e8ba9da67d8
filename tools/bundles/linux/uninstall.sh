#!/bin/sh
# Removes what the .run file installed. Settings, added portraits, and recordings stay.
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
target=$data/avatarify-app
if [ "$(readlink "$HOME/.local/bin/avatarify")" = "$target/avatarify" ]; then
  rm "$HOME/.local/bin/avatarify"
fi
rm -f "$data/applications/avatarify.desktop" "$data"/icons/hicolor/*/apps/avatarify.png \
  "$data/icons/hicolor/scalable/apps/avatarify.svg"
rm -rf "$target"
# Folders that the installer made, if nothing else is in them.
for size in 32x32 64x64 256x256 512x512 scalable; do
  rmdir "$data/icons/hicolor/$size/apps" "$data/icons/hicolor/$size" 2>/dev/null || true
done
rmdir "$data/icons/hicolor" "$data/icons" "$data/applications" "$data" "$HOME/.local/bin" "$HOME/.local" 2>/dev/null || true
echo "Avatarify is removed. Your settings, portraits, and cache are still in ~/.config/avatarify,"
echo "~/.local/share/avatarify, and ~/.cache/avatarify. Delete these folders if you do not want them."
