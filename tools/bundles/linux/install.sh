#!/bin/sh
# Installs Avatarify for this user. The .run file unpacks itself and starts this script in the unpacked folder.
set -eu
if [ "${1:-}" = --help ]; then
  echo "Usage: $0 [--yes]   --yes replaces an installed Avatarify without asking"
  exit 0
fi
data=${XDG_DATA_HOME:-$HOME/.local/share}
target=$data/avatarify-app
bin=$HOME/.local/bin
if [ -e "$bin/avatarify" ] && [ "$(readlink "$bin/avatarify")" != "$target/avatarify" ]; then
  echo "$bin/avatarify belongs to another installation. Remove that one first." >&2
  exit 1
fi
if [ -d "$target" ] && [ "${1:-}" != --yes ]; then
  printf 'Avatarify is already installed in %s. Replace it? [y/N] ' "$target"
  read -r answer
  case $answer in [yY]*) ;; *) exit 1 ;; esac
fi
echo "Installing Avatarify into $target"
mkdir -p "$data/applications" "$bin"
rm -rf "$target.new"
mv avatarify "$target.new"
rm -rf "$target"
mv "$target.new" "$target"
sed "s|@EXEC@|\"$target/avatarify\"|" avatarify.desktop > "$data/applications/avatarify.desktop"
for icon in icons/*; do
  name=$(basename "$icon")
  size=${name#avatarify-}
  size=${size%.png}
  case $name in *.svg) folder=scalable file=avatarify.svg ;; *) folder=${size}x$size file=avatarify.png ;; esac
  mkdir -p "$data/icons/hicolor/$folder/apps"
  cp "$icon" "$data/icons/hicolor/$folder/apps/$file"
done
cp uninstall.sh "$target/uninstall"
chmod +x "$target/uninstall"
ln -sfn "$target/avatarify" "$bin/avatarify"
echo "Done. Start it from the menu, or run: $bin/avatarify"
echo "To remove it, run: $target/uninstall"
