; The Windows installer, for one user, without administrator rights. NOT TESTED: no Windows machine has run it yet.
; makensis -DVERSION=0.1.0 -DFOLDER=C:\bundle\avatarify -DOUTPUT=C:\avatarify.exe avatarify.nsi
Unicode true
Name "Avatarify ${VERSION}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Avatarify"
SetCompressor /SOLID lzma
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Avatarify"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section
  ; Files of an earlier version must not stay beside the new ones.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Avatarify.lnk" "$INSTDIR\avatarify.exe" "gui"
  WriteRegStr HKCU "${KEY}" "DisplayName" "Avatarify"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
SectionEnd

Section "Uninstall"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\avatarify.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Avatarify.lnk"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
