<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
    <context>
        <name>Adjust</name>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>Show the preview like a mirror; others see no change</source>
            <translation>Zeigt die Vorschau wie im Spiegel; für andere ändert sich nichts</translation>
        </message>
        <message>
            <source>Mirror preview</source>
            <translation>Vorschau spiegeln</translation>
        </message>
        <message>
            <source>Show the camera image in a corner of the preview</source>
            <translation>Zeigt das Kamerabild in einer Ecke der Vorschau</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>Kameravorschau</translation>
        </message>
        <message>
            <source>Show the camera next to the output at the same size; only you see it</source>
            <translation>Zeigt die Kamera in gleicher Größe neben der Ausgabe; nur du siehst sie</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>Nebeneinander</translation>
        </message>
        <message>
            <source>Draw facial landmarks on the camera preview</source>
            <translation>Zeichnet Gesichtspunkte in die Kameravorschau</translation>
        </message>
        <message>
            <source>Facial landmarks</source>
            <translation>Gesichtspunkte</translation>
        </message>
        <message>
            <source>Portrait overlay</source>
            <translation>Porträt-Overlay</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>{} fps</source>
            <translation>{} B/s</translation>
        </message>
        <message>
            <source>Max. frame rate</source>
            <translation>Max. Bildrate</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Ändern …</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>Ordner für Aufnahmen und Schnappschüsse</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Restore the default of every setting above; the folder stays</source>
            <translation>Alle Einstellungen oben auf den Standard zurücksetzen; der Ordner bleibt</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>Alles zurücksetzen</translation>
        </message>
        <message>
            <source>Turn on the camera preview first.</source>
            <translation>Schalte zuerst die Kameravorschau ein.</translation>
        </message>
        <message>
            <source>Preset for this portrait</source>
            <translation>Voreinstellung dieses Porträts</translation>
        </message>
        <message>
            <source>Restore these motion and picture settings whenever this portrait is selected</source>
            <translation>Stellt diese Einstellungen wieder her, sobald dieses Porträt gewählt wird</translation>
        </message>
        <message>
            <source>Save preset</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Delete preset</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Delete the preset and restore the default settings</source>
            <translation>Löscht die Voreinstellung und stellt die Standardwerte wieder her</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>Wähle zuerst ein Porträt.</translation>
        </message>
        <message>
            <source>This portrait has no preset.</source>
            <translation>Für dieses Porträt ist keine Voreinstellung gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>Background</name>
        <message>
            <source>Original</source>
            <translation>Original</translation>
        </message>
        <message>
            <source>Blurred</source>
            <translation>Unscharf</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>Hintergrund</translation>
        </message>
        <message>
            <source>Solid color</source>
            <translation>Einfarbig</translation>
        </message>
        <message>
            <source>Choose the background color</source>
            <translation>Hintergrundfarbe wählen</translation>
        </message>
    </context>
    <context>
        <name>CameraChooser</name>
        <message>
            <source>Cameras</source>
            <translation>Kameras</translation>
        </message>
        <message>
            <source>{} (no image)</source>
            <translation>{} (kein Bild)</translation>
        </message>
    </context>
    <context>
        <name>CameraDialog</name>
        <message>
            <source>Choose a camera</source>
            <translation>Kamera wählen</translation>
        </message>
        <message>
            <source>Which camera shows you?</source>
            <translation>Welche Kamera zeigt dich?</translation>
        </message>
    </context>
    <context>
        <name>CameraStep</name>
        <message>
            <source>Look again</source>
            <translation>Neu suchen</translation>
        </message>
        <message>
            <source>Look for cameras again</source>
            <translation>Noch einmal nach Kameras suchen</translation>
        </message>
        <message>
            <source>Click the picture that shows you. The demo clip can drive the portrait too.</source>
            <translation>Klicke auf das Bild, das dich zeigt. Auch der Demofilm kann das Porträt bewegen.</translation>
        </message>
        <message>
            <source>No camera was found. Plug one in; until then, the demo clip can drive the portrait.</source>
            <translation>Es wurde keine Kamera gefunden. Schließe eine an; bis dahin kann der Demofilm das Porträt bewegen.</translation>
        </message>
    </context>
    <context>
        <name>CameraView</name>
        <message>
            <source>Camera image</source>
            <translation>Kamerabild</translation>
        </message>
        <message>
            <source>Click the face that should drive the portrait</source>
            <translation>Klicke auf das Gesicht, das das Porträt bewegen soll</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Session</source>
            <translation>Sitzung</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>Porträt</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Start or stop</source>
            <translation>Starten oder beenden</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>Neu kalibrieren</translation>
        </message>
        <message>
            <source>Find the best neutral frame</source>
            <translation>Bestes neutrales Bild suchen</translation>
        </message>
        <message>
            <source>Freeze picture</source>
            <translation>Bild einfrieren</translation>
        </message>
        <message>
            <source>Show my real face</source>
            <translation>Mein echtes Gesicht zeigen</translation>
        </message>
        <message>
            <source>Take snapshot</source>
            <translation>Schnappschuss machen</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <source>Send to virtual camera</source>
            <translation>An die virtuelle Kamera senden</translation>
        </message>
        <message>
            <source>Choose camera…</source>
            <translation>Kamera wählen …</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Undo delete</source>
            <translation>Löschen rückgängig machen</translation>
        </message>
        <message>
            <source>Paste image</source>
            <translation>Bild einfügen</translation>
        </message>
        <message>
            <source>Rename portrait…</source>
            <translation>Porträt umbenennen …</translation>
        </message>
        <message>
            <source>Delete portrait</source>
            <translation>Porträt löschen</translation>
        </message>
        <message>
            <source>Preferences…</source>
            <translation>Einstellungen …</translation>
        </message>
        <message>
            <source>Previous portrait</source>
            <translation>Voriges Porträt</translation>
        </message>
        <message>
            <source>Next portrait</source>
            <translation>Nächstes Porträt</translation>
        </message>
        <message>
            <source>Random portrait</source>
            <translation>Zufälliges Porträt</translation>
        </message>
        <message>
            <source>Favorite</source>
            <translation>Favorit</translation>
        </message>
        <message>
            <source>Move forward</source>
            <translation>Weiter nach vorn</translation>
        </message>
        <message>
            <source>Move back</source>
            <translation>Weiter nach hinten</translation>
        </message>
        <message>
            <source>Add portrait…</source>
            <translation>Porträt hinzufügen …</translation>
        </message>
        <message>
            <source>Reload portraits</source>
            <translation>Porträts neu laden</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Vergrößern</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Verkleinern</translation>
        </message>
        <message>
            <source>Pan up</source>
            <translation>Nach oben schwenken</translation>
        </message>
        <message>
            <source>Pan left</source>
            <translation>Nach links schwenken</translation>
        </message>
        <message>
            <source>Pan down</source>
            <translation>Nach unten schwenken</translation>
        </message>
        <message>
            <source>Pan right</source>
            <translation>Nach rechts schwenken</translation>
        </message>
        <message>
            <source>Mirror output</source>
            <translation>Ausgabe spiegeln</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>Meinem Kopf folgen</translation>
        </message>
        <message>
            <source>Mirror preview</source>
            <translation>Vorschau spiegeln</translation>
        </message>
        <message>
            <source>Less overlay</source>
            <translation>Overlay schwächer</translation>
        </message>
        <message>
            <source>More overlay</source>
            <translation>Overlay stärker</translation>
        </message>
        <message>
            <source>Show statistics</source>
            <translation>Statistik anzeigen</translation>
        </message>
        <message>
            <source>Show facial landmarks</source>
            <translation>Gesichtspunkte anzeigen</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>Kameravorschau</translation>
        </message>
        <message>
            <source>Camera and output side by side</source>
            <translation>Kamera und Ausgabe nebeneinander</translation>
        </message>
        <message>
            <source>How it works…</source>
            <translation>So funktioniert es …</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <source>Output window for capture</source>
            <translation>Ausgabefenster zum Aufnehmen</translation>
        </message>
        <message>
            <source>Keyboard shortcuts…</source>
            <translation>Tastenkürzel …</translation>
        </message>
        <message>
            <source>Virtual camera…</source>
            <translation>Virtuelle Kamera …</translation>
        </message>
        <message>
            <source>Engines…</source>
            <translation>Engines …</translation>
        </message>
        <message>
            <source>Diagnostics…</source>
            <translation>Diagnose …</translation>
        </message>
        <message>
            <source>Documentation</source>
            <translation>Dokumentation</translation>
        </message>
        <message>
            <source>Privacy…</source>
            <translation>Datenschutz …</translation>
        </message>
        <message>
            <source>About Avatarify</source>
            <translation>Über Avatarify</translation>
        </message>
        <message>
            <source>Portrait {}</source>
            <translation>Porträt {}</translation>
        </message>
    </context>
    <context>
        <name>Controller</name>
        <message>
            <source>The new output size and frame rate take effect at the next start.</source>
            <translation>Die neue Ausgabegröße und Bildrate gelten ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Meeting apps cannot handle such a change while they use the camera.</source>
            <translation>Konferenzprogramme vertragen eine solche Änderung nicht, während sie die Kamera benutzen.</translation>
        </message>
    </context>
    <context>
        <name>CropDialog</name>
        <message>
            <source>Add portrait</source>
            <translation>Porträt hinzufügen</translation>
        </message>
        <message>
            <source>Looking for faces…</source>
            <translation>Suche Gesichter …</translation>
        </message>
        <message>
            <source>Aspect ratio</source>
            <translation>Seitenverhältnis</translation>
        </message>
        <message>
            <source>I have the right to use this face: it is mine, a work of art, or used with consent.</source>
            <translation>Ich darf dieses Gesicht verwenden: Es ist meines, ein Kunstwerk, oder die Person hat zugestimmt.</translation>
        </message>
        <message>
            <source>No face found. Use an image that shows a face from the front.</source>
            <translation>Kein Gesicht gefunden. Nimm ein Bild, das ein Gesicht von vorn zeigt.</translation>
        </message>
        <message>
            <source>{} faces found. Click the one to use.</source>
            <translation>{} Gesichter gefunden. Klicke das gewünschte an.</translation>
        </message>
        <message>
            <source>The face is small; the portrait will look blurry.</source>
            <translation>Das Gesicht ist klein: Das Porträt wird unscharf.</translation>
        </message>
        <message>
            <source>One face found.</source>
            <translation>Ein Gesicht gefunden.</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>Original</translation>
        </message>
        <message>
            <source>Square</source>
            <translation>Quadratisch</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <source>&amp;Aspect ratio</source>
            <translation>&amp;Seitenverhältnis</translation>
        </message>
        <message>
            <source>&amp;Zoom</source>
            <translation>&amp;Zoom</translation>
        </message>
        <message>
            <source>&amp;Rotation</source>
            <translation>&amp;Drehung</translation>
        </message>
        <message>
            <source>Rotate 90°</source>
            <translation>Um 90° drehen</translation>
        </message>
        <message>
            <source>Rotate the image 90° clockwise</source>
            <translation>Bild um 90° im Uhrzeigersinn drehen</translation>
        </message>
        <message>
            <source>Whole image</source>
            <translation>Ganzes Bild</translation>
        </message>
        <message>
            <source>Show the whole image</source>
            <translation>Das ganze Bild zeigen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
    </context>
    <context>
        <name>CropView</name>
        <message>
            <source>Crop area</source>
            <translation>Bildausschnitt</translation>
        </message>
    </context>
    <context>
        <name>DevicePicker</name>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Refresh the camera list</source>
            <translation>Kameraliste aktualisieren</translation>
        </message>
        <message>
            <source>Choose a camera by its image</source>
            <translation>Kamera nach ihrem Bild wählen</translation>
        </message>
        <message>
            <source>Make the portrait available as a camera in Zoom, Meet, and Teams</source>
            <translation>Macht das Porträt in Zoom, Meet und Teams als Kamera verfügbar</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>Virtuelle Kamera</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>Einrichten …</translation>
        </message>
        <message>
            <source>How to install a virtual camera and select it in a meeting app</source>
            <translation>So installierst du eine virtuelle Kamera und wählst sie im Konferenzprogramm aus</translation>
        </message>
        <message>
            <source>&amp;Camera</source>
            <translation>&amp;Kamera</translation>
        </message>
        <message>
            <source>The session is starting or stopping.</source>
            <translation>Die Sitzung startet oder stoppt gerade.</translation>
        </message>
        <message>
            <source>There is no virtual camera. “Set up…” shows how to get one.</source>
            <translation>Es gibt keine virtuelle Kamera. „Einrichten …“ zeigt, wie du eine bekommst.</translation>
        </message>
        <message>
            <source>No virtual camera found; only you see the output.</source>
            <translation>Keine virtuelle Kamera gefunden; nur du siehst die Ausgabe.</translation>
        </message>
        <message>
            <source>Looking for a virtual camera…</source>
            <translation>Suche eine virtuelle Kamera …</translation>
        </message>
        <message>
            <source>Only you see the output.</source>
            <translation>Nur du siehst die Ausgabe.</translation>
        </message>
    </context>
    <context>
        <name>Devices</name>
        <message>
            <source>Demo clip</source>
            <translation>Demofilm</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>nicht installiert</translation>
        </message>
        <message>
            <source>Virtual camera ({})</source>
            <translation>Virtuelle Kamera ({})</translation>
        </message>
        <message>
            <source>Browser source for OBS: {}</source>
            <translation>Browserquelle für OBS: {}</translation>
        </message>
        <message>
            <source>Preview only</source>
            <translation>Nur Vorschau</translation>
        </message>
    </context>
    <context>
        <name>DiagnosticsPage</name>
        <message>
            <source>Diagnostics</source>
            <translation>Diagnose</translation>
        </message>
        <message>
            <source>Running checks…</source>
            <translation>Prüfungen laufen …</translation>
        </message>
        <message>
            <source>Copy diagnostics</source>
            <translation>Diagnose kopieren</translation>
        </message>
        <message>
            <source>Everything for a call is there.</source>
            <translation>Für einen Anruf ist alles da.</translation>
        </message>
        <message>
            <source>One thing is missing for a call.</source>
            <translation>Für einen Anruf fehlt eine Sache.</translation>
        </message>
        <message>
            <source>{} things are missing for a call.</source>
            <translation>Für einen Anruf fehlen {} Dinge.</translation>
        </message>
        <message>
            <source>{}: {}</source>
            <translation>{}: {}</translation>
        </message>
        <message>
            <source>Crash reports</source>
            <translation>Absturzberichte</translation>
        </message>
        <message>
            <source>They stay on this computer. You decide whether to share them.</source>
            <translation>Sie bleiben auf diesem Rechner. Du entscheidest, ob du sie teilst.</translation>
        </message>
        <message>
            <source>Reports</source>
            <translation>Berichte</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Anzeigen</translation>
        </message>
        <message>
            <source>Show report</source>
            <translation>Bericht anzeigen</translation>
        </message>
    </context>
    <context>
        <name>Dialogs</name>
        <message>
            <source>Show my real face</source>
            <translation>Mein echtes Gesicht zeigen</translation>
        </message>
        <message>
            <source>Send your real face instead of the portrait?</source>
            <translation>Statt des Porträts dein echtes Gesicht senden?</translation>
        </message>
        <message>
            <source>Everyone who sees the output will see your camera image, marked as such, until you turn this off.</source>
            <translation>Alle, die die Ausgabe sehen, sehen dein Kamerabild, so gekennzeichnet, bis du es ausschaltest.</translation>
        </message>
        <message>
            <source>Show my face</source>
            <translation>Mein Gesicht zeigen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Interrupted recording</source>
            <translation>Unterbrochene Aufnahme</translation>
        </message>
        <message>
            <source>A recording was interrupted. Keep it?</source>
            <translation>Eine Aufnahme wurde unterbrochen. Behalten?</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Ask later</source>
            <translation>Später fragen</translation>
        </message>
        <message>
            <source>Images ({})</source>
            <translation>Bilder ({})</translation>
        </message>
        <message>
            <source>Add portraits</source>
            <translation>Porträts hinzufügen</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>Ordner für Aufnahmen und Schnappschüsse</translation>
        </message>
        <message>
            <source>Rename portrait</source>
            <translation>Porträt umbenennen</translation>
        </message>
        <message>
            <source>Portrait name</source>
            <translation>Name des Porträts</translation>
        </message>
        <message>
            <source>A session is running</source>
            <translation>Eine Sitzung läuft</translation>
        </message>
        <message>
            <source>Stop sending the portrait and quit?</source>
            <translation>Das Porträt nicht mehr senden und beenden?</translation>
        </message>
        <message>
            <source>Stop and quit</source>
            <translation>Stoppen und beenden</translation>
        </message>
        <message>
            <source>Keep running in the tray</source>
            <translation>Im Infobereich weiterlaufen lassen</translation>
        </message>
        <message>
            <source>Others will no longer see the portrait. The recording is finished and kept.</source>
            <translation>Andere sehen das Porträt dann nicht mehr. Die Aufnahme wird abgeschlossen und behalten.</translation>
        </message>
        <message>
            <source>Others will no longer see the portrait.</source>
            <translation>Andere sehen das Porträt dann nicht mehr.</translation>
        </message>
        <message>
            <source>About Avatarify</source>
            <translation>Über Avatarify</translation>
        </message>
        <message>
            <source>Everything runs on this computer. MIT license.</source>
            <translation>Alles läuft auf diesem Computer. MIT-Lizenz.</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Datenschutz</translation>
        </message>
    </context>
    <context>
        <name>DocumentationPage</name>
        <message>
            <source>Documentation</source>
            <translation>Dokumentation</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>Seite</translation>
        </message>
    </context>
    <context>
        <name>EngineCard</name>
        <message>
            <source>Build {} for {}</source>
            <translation>{} für {} bauen</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>Bauen</translation>
        </message>
        <message>
            <source>Delete {} for {}</source>
            <translation>{} für {} löschen</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Not built yet</source>
            <translation>Noch nicht gebaut</translation>
        </message>
    </context>
    <context>
        <name>EnginesPage</name>
        <message>
            <source>key points {}</source>
            <translation>Schlüsselpunkte {}</translation>
        </message>
        <message>
            <source>image {}</source>
            <translation>Bild {}</translation>
        </message>
        <message>
            <source>motion {}</source>
            <translation>Bewegung {}</translation>
        </message>
        <message>
            <source>frames {}</source>
            <translation>{} Bilder</translation>
        </message>
        <message>
            <source>Engines</source>
            <translation>Engines</translation>
        </message>
        <message>
            <source>An engine is a model compiled for one processor, so that it starts and runs faster. Engines are optional. Each one is compared with the reference before it is used.</source>
            <translation>Eine Engine ist ein Modell, das für einen bestimmten Prozessor übersetzt wurde, damit es schneller startet und läuft. Engines sind nicht zwingend nötig. Jede wird vor dem Einsatz mit der Referenz verglichen.</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Beendet …</translation>
        </message>
        <message>
            <source>Build progress</source>
            <translation>Fortschritt des Baus</translation>
        </message>
        <message>
            <source>Stop the build and keep what is finished</source>
            <translation>Den Bau abbrechen; Fertiges bleibt</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>The build was stopped.</source>
            <translation>Der Bau wurde abgebrochen.</translation>
        </message>
        <message>
            <source>{} {}: {} MB in {} s</source>
            <translation>{} {}: {} MB in {} s</translation>
        </message>
    </context>
    <context>
        <name>Estimate</name>
        <message>
            <source>about {} s left</source>
            <translation>noch etwa {} s</translation>
        </message>
    </context>
    <context>
        <name>FileDrop</name>
        <message>
            <source>Drop the image to add it</source>
            <translation>Bild loslassen, um es hinzuzufügen</translation>
        </message>
    </context>
    <context>
        <name>Form</name>
        <message>
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Double-click to reset</source>
            <translation>Doppelklick setzt zurück</translation>
        </message>
    </context>
    <context>
        <name>Gallery</name>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Search portraits</source>
            <translation>Porträts durchsuchen</translation>
        </message>
        <message>
            <source>Add an image with a face; you can also drop it on the window or paste it</source>
            <translation>Bild mit einem Gesicht hinzufügen; es kann auch auf das Fenster gezogen oder eingefügt werden</translation>
        </message>
        <message>
            <source>Add…</source>
            <translation>Neu …</translation>
        </message>
        <message>
            <source>Add portrait</source>
            <translation>Porträt hinzufügen</translation>
        </message>
        <message>
            <source>No matching portraits.</source>
            <translation>Keine passenden Porträts.</translation>
        </message>
        <message>
            <source>{}, key {}</source>
            <translation>{}, Taste {}</translation>
        </message>
        <message>
            <source>Only for portraits that you have added.</source>
            <translation>Nur für Porträts, die du hinzugefügt hast.</translation>
        </message>
    </context>
    <context>
        <name>Help</name>
        <message>
            <source>Choose a camera</source>
            <translation>Kamera wählen</translation>
        </message>
        <message>
            <source>Diagnostics</source>
            <translation>Diagnose</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>Neu kalibrieren</translation>
        </message>
        <message>
            <source>Show report</source>
            <translation>Bericht anzeigen</translation>
        </message>
        <message>
            <source>Restart now</source>
            <translation>Jetzt neu starten</translation>
        </message>
        <message>
            <source>Smaller output</source>
            <translation>Kleinere Ausgabe</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>Einrichten …</translation>
        </message>
    </context>
    <context>
        <name>HotKeys</name>
        <message>
            <source>Wayland does not support global shortcuts. Use an X11 session.</source>
            <translation>Wayland unterstützt keine globalen Tastenkürzel. Verwende eine X11-Sitzung.</translation>
        </message>
        <message>
            <source>Global shortcuts are not supported on this system yet.</source>
            <translation>Globale Tastenkürzel werden auf diesem System noch nicht unterstützt.</translation>
        </message>
        <message>
            <source>The shortcut {} is used by another program.</source>
            <translation>Das Tastenkürzel {} wird von einem anderen Programm benutzt.</translation>
        </message>
        <message>
            <source>Choose another one.</source>
            <translation>Wähle eine andere.</translation>
        </message>
        <message>
            <source>{} cannot be used as a shortcut.</source>
            <translation>{} lässt sich nicht als Tastenkürzel verwenden.</translation>
        </message>
        <message>
            <source>{} alone would stop working in all other programs. Add Ctrl, Alt, or Meta.</source>
            <translation>{} allein würde in allen anderen Programmen nicht mehr funktionieren. Nimm Strg, Alt oder Meta dazu.</translation>
        </message>
        <message>
            <source>{} is already assigned to “{}”.</source>
            <translation>{} ist bereits „{}“ zugewiesen.</translation>
        </message>
    </context>
    <context>
        <name>InsightPage</name>
        <message>
            <source>How it works</source>
            <translation>So funktioniert es</translation>
        </message>
        <message>
            <source>Start a session to see how each frame is made.</source>
            <translation>Starte eine Sitzung, um zu sehen, wie jedes Bild entsteht.</translation>
        </message>
        <message>
            <source>Your key points</source>
            <translation>Deine Schlüsselpunkte</translation>
        </message>
        <message>
            <source>Where the model locates the parts of your face.</source>
            <translation>Wo das Modell die Teile deines Gesichts sieht.</translation>
        </message>
        <message>
            <source>Warped portrait</source>
            <translation>Verformtes Porträt</translation>
        </message>
        <message>
            <source>Its own key points, moved the way yours moved since the neutral frame.</source>
            <translation>Seine eigenen Schlüsselpunkte, so bewegt wie deine seit dem neutralen Bild.</translation>
        </message>
        <message>
            <source>Optical flow</source>
            <translation>Optischer Fluss</translation>
        </message>
        <message>
            <source>Where each pixel comes from: the color shows the direction, white means no motion.</source>
            <translation>Woher jedes Pixel stammt: Die Farbe zeigt die Richtung, Weiß heißt keine Bewegung.</translation>
        </message>
        <message>
            <source>Occlusion map</source>
            <translation>Verdeckungskarte</translation>
        </message>
        <message>
            <source>White: the warped portrait is shown. Black: the network fills in what the portrait hides.</source>
            <translation>Weiß: Das verformte Porträt ist zu sehen. Schwarz: Das Netz ergänzt, was das Porträt verdeckt.</translation>
        </message>
        <message>
            <source>Shown only in this window; none of it is sent.</source>
            <translation>Nur in diesem Fenster zu sehen; nichts davon wird gesendet.</translation>
        </message>
    </context>
    <context>
        <name>KeysPage</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>In this window</source>
            <translation>In diesem Fenster</translation>
        </message>
        <message>
            <source>Global</source>
            <translation>Global</translation>
        </message>
        <message>
            <source>Restore defaults</source>
            <translation>Standard wiederherstellen</translation>
        </message>
        <message>
            <source>Restore the default shortcut of every command</source>
            <translation>Stellt die Standardkürzel aller Befehle wieder her</translation>
        </message>
        <message>
            <source>Click a shortcut and press new keys to change it. Number keys select portraits.</source>
            <translation>Klicke auf ein Kürzel und drücke andere Tasten, um es zu ändern. Zifferntasten wählen Porträts.</translation>
        </message>
        <message>
            <source>Off: a letter or digit typed by mistake changes nothing that others see</source>
            <translation>Aus: Ein versehentlich getippter Buchstabe ändert nichts, was andere sehen</translation>
        </message>
        <message>
            <source>Single letters change what others see</source>
            <translation>Einzelne Buchstaben ändern, was andere sehen</translation>
        </message>
        <message>
            <source>Global shortcuts work while another program has the focus. None is set by default.</source>
            <translation>Globale Tastenkürzel wirken auch, wenn ein anderes Programm den Fokus hat. Anfangs ist keines belegt.</translation>
        </message>
        <message>
            <source>{} is already assigned to “{}”.</source>
            <translation>{} ist bereits „{}“ zugewiesen.</translation>
        </message>
    </context>
    <context>
        <name>LookForm</name>
        <message>
            <source>Relative</source>
            <translation>Relativ</translation>
        </message>
        <message>
            <source>Absolute</source>
            <translation>Absolut</translation>
        </message>
        <message>
            <source>Follow mine</source>
            <translation>Meinem folgen</translation>
        </message>
        <message>
            <source>At the camera</source>
            <translation>In die Kamera</translation>
        </message>
        <message>
            <source>Top left</source>
            <translation>Oben links</translation>
        </message>
        <message>
            <source>Top right</source>
            <translation>Oben rechts</translation>
        </message>
        <message>
            <source>Bottom left</source>
            <translation>Unten links</translation>
        </message>
        <message>
            <source>Bottom right</source>
            <translation>Unten rechts</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>Bewegung</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>Stärke</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>Kopf</translation>
        </message>
        <message>
            <source>Eyes</source>
            <translation>Augen</translation>
        </message>
        <message>
            <source>Mouth</source>
            <translation>Mund</translation>
        </message>
        <message>
            <source>Gaze</source>
            <translation>Blick</translation>
        </message>
        <message>
            <source>Transfer</source>
            <translation>Übertragung</translation>
        </message>
        <message>
            <source>Adapt scale</source>
            <translation>Größe anpassen</translation>
        </message>
        <message>
            <source>Scale the motion by the size ratio of the two faces</source>
            <translation>Bewegung an das Größenverhältnis der beiden Gesichter anpassen</translation>
        </message>
        <message>
            <source>Reduce jitter</source>
            <translation>Zittern verringern</translation>
        </message>
        <message>
            <source>Reduce jitter when the face is still</source>
            <translation>Verringert das Zittern, wenn das Gesicht ruhig ist</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>Meinem Kopf folgen</translation>
        </message>
        <message>
            <source>Keep the portrait in place when you shift in your chair</source>
            <translation>Das Porträt bleibt an seinem Platz, wenn du auf dem Stuhl rückst</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Horizontal</source>
            <translation>Horizontal</translation>
        </message>
        <message>
            <source>Vertical</source>
            <translation>Vertikal</translation>
        </message>
        <message>
            <source>Mirror output</source>
            <translation>Ausgabe spiegeln</translation>
        </message>
        <message>
            <source>Flip what others see horizontally</source>
            <translation>Spiegelt, was die anderen sehen</translation>
        </message>
        <message>
            <source>AI avatar badge</source>
            <translation>KI-Avatar-Zeichen</translation>
        </message>
        <message>
            <source>Mark the output as AI-generated</source>
            <translation>Kennzeichnet die Ausgabe als KI-generiert</translation>
        </message>
        <message>
            <source>Badge position</source>
            <translation>Position</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>Hintergrund</translation>
        </message>
        <message>
            <source>Only the built-in model tells the parts of a face apart.</source>
            <translation>Nur das eingebaute Modell unterscheidet die Teile des Gesichts.</translation>
        </message>
        <message>
            <source>Zoom in first.</source>
            <translation>Zoome zuerst hinein.</translation>
        </message>
        <message>
            <source>Turn on the badge first.</source>
            <translation>Schalte zuerst das Zeichen ein.</translation>
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source>This model moves with a camera only.</source>
            <translation>Dieses Modell bewegt sich nur mit einer Kamera.</translation>
        </message>
        <message>
            <source>Use the model built-in.</source>
            <translation>Verwende das Modell built-in.</translation>
        </message>
        <message>
            <source>This runtime moves a portrait with a camera only.</source>
            <translation>Diese Laufzeitumgebung bewegt ein Porträt nur mit einer Kamera.</translation>
        </message>
        <message>
            <source>Use the runtime openvino.</source>
            <translation>Verwende die Laufzeitumgebung openvino.</translation>
        </message>
        <message>
            <source>The head is turned too far to begin with.</source>
            <translation>Der Kopf ist für den Anfang zu weit zur Seite gedreht.</translation>
        </message>
        <message>
            <source>Look at the camera.</source>
            <translation>Schau in die Kamera.</translation>
        </message>
        <message>
            <source>Frame {number} cannot be the neutral one: {reason}</source>
            <translation>Bild {number} kann nicht das neutrale sein: {reason}</translation>
        </message>
        <message>
            <source>Use another.</source>
            <translation>Verwende ein anderes.</translation>
        </message>
        <message>
            <source>There is no face in frame {number} of the driving video.</source>
            <translation>In Bild {number} des Steuervideos ist kein Gesicht zu sehen.</translation>
        </message>
        <message>
            <source>Use --neutral first, best, or another number.</source>
            <translation>Verwende --neutral first, best oder eine andere Nummer.</translation>
        </message>
        <message>
            <source>No face was found in {name}.</source>
            <translation>In {name} wurde kein Gesicht gefunden.</translation>
        </message>
        <message>
            <source>Use a video that shows one face from the front.</source>
            <translation>Verwende ein Video, das ein Gesicht von vorn zeigt.</translation>
        </message>
        <message>
            <source>'{name}' is a camera, not a video.</source>
            <translation>„{name}“ ist eine Kamera, kein Video.</translation>
        </message>
        <message>
            <source>Use 'avatarify run' for a camera.</source>
            <translation>Für eine Kamera nimm „avatarify run“.</translation>
        </message>
        <message>
            <source>No portraits are installed.</source>
            <translation>Es sind keine Porträts installiert.</translation>
        </message>
        <message>
            <source>Give an image file, or reinstall Avatarify.</source>
            <translation>Gib eine Bilddatei an oder installiere avatarify neu.</translation>
        </message>
        <message>
            <source>Absolute motion would send the shape of your face to the host.</source>
            <translation>Absolute Bewegung würde die Form deines Gesichts an den Host senden.</translation>
        </message>
        <message>
            <source>Use relative motion, or a runtime on this computer.</source>
            <translation>Verwende relative Bewegung oder eine Laufzeitumgebung auf diesem Computer.</translation>
        </message>
        <message>
            <source>There is no motion '{name}'.</source>
            <translation>Es gibt keine Bewegungsart „{name}“.</translation>
        </message>
        <message>
            <source>Choose one of: {names}.</source>
            <translation>Wähle eines von: {names}.</translation>
        </message>
        <message>
            <source>There is no gaze '{name}'.</source>
            <translation>Es gibt keine Blickart „{name}“.</translation>
        </message>
        <message>
            <source>There are no '{name}' key points.</source>
            <translation>Es gibt keine Schlüsselpunkte „{name}“.</translation>
        </message>
        <message>
            <source>'{text}' is not the place of a face.</source>
            <translation>„{text}“ gibt nicht an, wo ein Gesicht ist.</translation>
        </message>
        <message>
            <source>Give the middle of the face and the distance from brows to chin, in pixels of the picture: X,Y,HEIGHT.</source>
            <translation>Gib die Mitte des Gesichts und den Abstand von den Brauen zum Kinn in Pixeln des Bildes an: X,Y,HÖHE.</translation>
        </message>
        <message>
            <source>There is no portrait and no file named '{name}'.</source>
            <translation>Es gibt weder ein Porträt noch eine Datei namens „{name}“.</translation>
        </message>
        <message>
            <source>Portraits: {names}. You can also give an image file.</source>
            <translation>Porträts: {names}. Du kannst auch eine Bilddatei angeben.</translation>
        </message>
        <message>
            <source>No face was found in the portrait {name}.</source>
            <translation>Im Porträt {name} wurde kein Gesicht gefunden.</translation>
        </message>
        <message>
            <source>Use an image that shows a face from the front, large enough and not covered. On the command line, --face X,Y,HEIGHT says where it is.</source>
            <translation>Nimm ein Bild, das ein Gesicht von vorn zeigt, groß genug und nicht verdeckt. Auf der Kommandozeile gibt --face X,Y,HÖHE an, wo es ist.</translation>
        </message>
        <message>
            <source>The portrait {name} shows {count} faces; the largest is animated.</source>
            <translation>Das Porträt {name} zeigt {count} Gesichter; das größte wird animiert.</translation>
        </message>
        <message>
            <source>The face is placed outside the image {name}.</source>
            <translation>Das Gesicht liegt außerhalb des Bildes {name}.</translation>
        </message>
        <message>
            <source>The image has {width}x{height} pixels.</source>
            <translation>Das Bild hat {width}x{height} Pixel.</translation>
        </message>
        <message>
            <source>In the portrait {name}, the person could not be separated from the background, so the background will move with the head.</source>
            <translation>Im Porträt {name} ließ sich die Person nicht vom Hintergrund trennen, daher bewegt sich der Hintergrund mit dem Kopf.</translation>
        </message>
        <message>
            <source>{count} frames could not be animated: {reason}</source>
            <translation>{count} Bilder konnten nicht animiert werden: {reason}</translation>
        </message>
        <message>
            <source>Frame {number} is {dtype} {shape}.</source>
            <translation>Bild {number} ist {dtype} {shape}.</translation>
        </message>
        <message>
            <source>Give arrays of the shape (height, width, 3), uint8, RGB.</source>
            <translation>Gib Arrays der Form (Höhe, Breite, 3), uint8, RGB.</translation>
        </message>
        <message>
            <source>There is no checkout of Avatarify in {folder}.</source>
            <translation>In {folder} gibt es keinen Quellcode von Avatarify.</translation>
        </message>
        <message>
            <source>Name the folder that contains 'avatarify'.</source>
            <translation>Gib den Ordner an, der „avatarify“ enthält.</translation>
        </message>
        <message>
            <source>The live session of {checkout} failed: {reason}</source>
            <translation>Die Live-Sitzung von {checkout} ist fehlgeschlagen: {reason}</translation>
        </message>
        <message>
            <source>Run it with 'avatarify run --camera demo --sink null' to see why.</source>
            <translation>Führe „avatarify run --camera demo --sink null“ aus, um den Grund zu sehen.</translation>
        </message>
        <message>
            <source>This computer shows about {fps:.0f} of {camera:.0f} frames a second: motion will not look smooth. Close other programs, or choose a smaller output.</source>
            <translation>Dieser Computer zeigt etwa {fps:.0f} von {camera:.0f} Bildern pro Sekunde: Bewegungen wirken nicht flüssig. Schließe andere Programme, oder wähle eine kleinere Ausgabe.</translation>
        </message>
        <message>
            <source>This computer keeps up with {camera:.0f} frames a second, with reduced detail.</source>
            <translation>Dieser Computer schafft {camera:.0f} Bilder pro Sekunde, mit weniger Details.</translation>
        </message>
        <message>
            <source>This computer keeps up with {camera:.0f} frames a second in full quality.</source>
            <translation>Dieser Computer schafft {camera:.0f} Bilder pro Sekunde in voller Qualität.</translation>
        </message>
        <message>
            <source>There is not enough memory.</source>
            <translation>Der Speicher reicht nicht aus.</translation>
        </message>
        <message>
            <source>Close other programs, or use smaller files.</source>
            <translation>Schließe andere Programme oder verwende kleinere Dateien.</translation>
        </message>
        <message>
            <source>This needs {package}, which is not installed.</source>
            <translation>Dafür wird {package} benötigt, das nicht installiert ist.</translation>
        </message>
        <message>
            <source>Run: pip install 'avatarify[{extra}]'</source>
            <translation>Befehl: pip install 'avatarify[{extra}]'</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>Der Datenträger ist voll.</translation>
        </message>
        <message>
            <source>Free some space.</source>
            <translation>Gib Speicherplatz frei.</translation>
        </message>
        <message>
            <source>{file} cannot be used: {reason}.</source>
            <translation>{file} kann nicht verwendet werden: {reason}.</translation>
        </message>
        <message>
            <source>Check the name, the folder, and its permissions.</source>
            <translation>Prüfe den Namen, den Ordner und dessen Zugriffsrechte.</translation>
        </message>
        <message>
            <source>The input cannot be used: {reason}.</source>
            <translation>Die Eingabe kann nicht verwendet werden: {reason}.</translation>
        </message>
        <message>
            <source>Check the options and the files. With --debug, the place of the error is shown.</source>
            <translation>Prüfe die Optionen und die Dateien. Mit --debug wird die Stelle des Fehlers angezeigt.</translation>
        </message>
        <message>
            <source>it has characters that are not valid in {encoding}</source>
            <translation>es enthält Zeichen, die in {encoding} nicht gültig sind</translation>
        </message>
        <message>
            <source>it is nested too deeply</source>
            <translation>es ist zu tief verschachtelt</translation>
        </message>
        <message>
            <source>there is not enough memory</source>
            <translation>der Speicher reicht nicht aus</translation>
        </message>
        <message>
            <source>{name} cannot be read: {reason}.</source>
            <translation>{name} kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>Get the file again.</source>
            <translation>Hole die Datei noch einmal.</translation>
        </message>
        <message>
            <source>{name} is damaged: only {count} of {announced} frames could be read and were used.</source>
            <translation>{name} ist beschädigt: Nur {count} von {announced} Bildern konnten gelesen und verwendet werden.</translation>
        </message>
        <message>
            <source>Use a video such as MP4, MOV, MKV, AVI, or WebM.</source>
            <translation>Verwende ein Video wie MP4, MOV, MKV, AVI oder WebM.</translation>
        </message>
        <message>
            <source>{file} is not a readable video.</source>
            <translation>{file} ist kein lesbares Video.</translation>
        </message>
        <message>
            <source>The demo clip {clip} is missing.</source>
            <translation>Der Demofilm {clip} fehlt.</translation>
        </message>
        <message>
            <source>Reinstall Avatarify.</source>
            <translation>Installiere Avatarify neu.</translation>
        </message>
        <message>
            <source>'{text}' matches several cameras: {cameras}.</source>
            <translation>„{text}“ passt auf mehrere Kameras: {cameras}.</translation>
        </message>
        <message>
            <source>Use a longer part of the name, or the number.</source>
            <translation>Gib mehr vom Namen an oder die Nummer.</translation>
        </message>
        <message>
            <source>'{text}' is not a camera, a file, or a folder.</source>
            <translation>„{text}“ ist weder Kamera noch Datei noch Ordner.</translation>
        </message>
        <message>
            <source>There is no camera {number}.</source>
            <translation>Es gibt keine Kamera {number}.</translation>
        </message>
        <message>
            <source>No camera is connected. Connect one, or use 'demo' for the bundled clip.</source>
            <translation>Es ist keine Kamera angeschlossen. Schließe eine an oder verwende „demo“ für den mitgelieferten Film.</translation>
        </message>
        <message>
            <source>Available cameras: {cameras}. Use 'demo' for the bundled clip.</source>
            <translation>Verfügbare Kameras: {cameras}. „demo“ spielt den mitgelieferten Film.</translation>
        </message>
        <message>
            <source>No frame of {name} can be decoded.</source>
            <translation>Kein Bild von {name} lässt sich dekodieren.</translation>
        </message>
        <message>
            <source>The folder {folder} does not exist.</source>
            <translation>Der Ordner {folder} existiert nicht.</translation>
        </message>
        <message>
            <source>Check the name.</source>
            <translation>Prüfe den Namen.</translation>
        </message>
        <message>
            <source>The folder {folder} contains no images.</source>
            <translation>Der Ordner {folder} enthält keine Bilder.</translation>
        </message>
        <message>
            <source>Put {suffixes} files in it.</source>
            <translation>Lege dort {suffixes}-Dateien ab.</translation>
        </message>
        <message>
            <source>{name} is damaged: only {count} frames could be read and were used.</source>
            <translation>{name} ist beschädigt: Nur {count} Bilder konnten gelesen und verwendet werden.</translation>
        </message>
        <message>
            <source>The video {path} does not exist.</source>
            <translation>Das Video {path} existiert nicht.</translation>
        </message>
        <message>
            <source>Check the name and the folder.</source>
            <translation>Prüfe Namen und Ordner.</translation>
        </message>
        <message>
            <source>{file} is not a readable video ({reason}).</source>
            <translation>{file} ist kein lesbares Video ({reason}).</translation>
        </message>
        <message>
            <source>{file} has no video stream, only audio or data.</source>
            <translation>{file} enthält kein Bild, nur Ton oder Daten.</translation>
        </message>
        <message>
            <source>Run: sudo usermod -aG video $USER, then log in again.</source>
            <translation>Führe aus: sudo usermod -aG video $USER, und melde dich neu an.</translation>
        </message>
        <message>
            <source>Open Settings, Privacy &amp; security, Camera, and allow desktop apps to access your camera.</source>
            <translation>Öffne Einstellungen, Datenschutz und Sicherheit, Kamera, und erlaube Desktop-Apps den Zugriff auf die Kamera.</translation>
        </message>
        <message>
            <source>Open System Settings, Privacy &amp; Security, Camera, allow the program that runs Avatarify, then start it again.</source>
            <translation>Öffne Systemeinstellungen, Datenschutz &amp; Sicherheit, Kamera, erlaube das Programm, das Avatarify ausführt, und starte es neu.</translation>
        </message>
        <message>
            <source>Plug it in again; the session reconnects as soon as it is back.</source>
            <translation>Stecke sie wieder an; die Sitzung verbindet sich, sobald sie zurück ist.</translation>
        </message>
        <message>
            <source>The system settings deny Avatarify access to camera {name}.</source>
            <translation>Die Systemeinstellungen verweigern Avatarify den Zugriff auf die Kamera {name}.</translation>
        </message>
        <message>
            <source>Camera {name} was unplugged.</source>
            <translation>Die Kamera {name} wurde abgesteckt.</translation>
        </message>
        <message>
            <source>No permission to open camera {name} ({path}).</source>
            <translation>Keine Berechtigung für die Kamera {name} ({path}).</translation>
        </message>
        <message>
            <source>Camera {name} is in use by {programs}.</source>
            <translation>Die Kamera {name} wird von {programs} benutzt.</translation>
        </message>
        <message>
            <source>Close it, or use another camera.</source>
            <translation>Schließe es oder nimm eine andere Kamera.</translation>
        </message>
        <message>
            <source>Camera {name} stopped delivering frames.</source>
            <translation>Die Kamera {name} liefert keine Bilder mehr.</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, check its cable.</source>
            <translation>Verbinde neu. Wenn das nicht hilft, prüfe das Kabel.</translation>
        </message>
        <message>
            <source>Allow camera access in the system settings.</source>
            <translation>Erlaube den Kamerazugriff in den Systemeinstellungen.</translation>
        </message>
        <message>
            <source>Camera {name} cannot be opened.</source>
            <translation>Die Kamera {name} lässt sich nicht öffnen.</translation>
        </message>
        <message>
            <source>Close other programs that use it, or plug it in again.</source>
            <translation>Schließe andere Programme, die sie benutzen, oder stecke sie neu an.</translation>
        </message>
        <message>
            <source>Close other programs that use it.</source>
            <translation>Schließe andere Programme, die sie benutzen.</translation>
        </message>
        <message>
            <source>Save it to a file.</source>
            <translation>Speichere es in einer Datei.</translation>
        </message>
        <message>
            <source>{path} is a pipe or a device, not a video file.</source>
            <translation>{path} ist eine Pipe oder ein Gerät, keine Videodatei.</translation>
        </message>
        <message>
            <source>Save the video to a file.</source>
            <translation>Speichere das Video in einer Datei.</translation>
        </message>
        <message>
            <source>Use screen, or screen:X,Y,WIDTHxHEIGHT in pixels from the top-left corner.</source>
            <translation>Verwende screen oder screen:X,Y,WIDTHxHEIGHT in Pixeln von der linken oberen Ecke.</translation>
        </message>
        <message>
            <source>Use it on a machine with a screen. Under Wayland, capture the window with OBS instead.</source>
            <translation>Verwende es auf einem Rechner mit Bildschirm. Unter Wayland nimm das Fenster stattdessen mit OBS auf.</translation>
        </message>
        <message>
            <source>'{text}' is outside the screen, which is {width}x{height} pixels.</source>
            <translation>„{text}“ liegt außerhalb des Bildschirms mit {width}x{height} Pixeln.</translation>
        </message>
        <message>
            <source>'{text}' is not a part of the screen.</source>
            <translation>„{text}“ ist kein Teil des Bildschirms.</translation>
        </message>
        <message>
            <source>'{text}' is too small.</source>
            <translation>„{text}“ ist zu klein.</translation>
        </message>
        <message>
            <source>Each side must be at least {pixels} pixels.</source>
            <translation>Jede Seite muss mindestens {pixels} Pixel haben.</translation>
        </message>
        <message>
            <source>The screen is not available ({reason}).</source>
            <translation>Der Bildschirm ist nicht verfügbar ({reason}).</translation>
        </message>
        <message>
            <source>The screen cannot be captured ({reason}).</source>
            <translation>Der Bildschirm lässt sich nicht aufnehmen ({reason}).</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu: sudo apt install libportaudio2. Or do without --voice.</source>
            <translation>Unter Debian und Ubuntu: sudo apt install libportaudio2. Oder verzichte auf --voice.</translation>
        </message>
        <message>
            <source>{file} cannot be read as sound: {reason}.</source>
            <translation>{file} kann nicht als Ton gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>Give a WAV file.</source>
            <translation>Gib eine WAV-Datei an.</translation>
        </message>
        <message>
            <source>The microphone {name} cannot be used: {reason}.</source>
            <translation>Das Mikrofon {name} kann nicht verwendet werden: {reason}.</translation>
        </message>
        <message>
            <source>Connect it, allow access to it in the system's settings, or choose another one.</source>
            <translation>Schließe es an, erlaube den Zugriff in den Systemeinstellungen oder wähle ein anderes.</translation>
        </message>
        <message>
            <source>The library PortAudio, which reads microphones, is missing.</source>
            <translation>Die Bibliothek PortAudio, die Mikrofone ausliest, fehlt.</translation>
        </message>
        <message>
            <source>Check the address, and that the phone or camera is on the same network.</source>
            <translation>Prüfe die Adresse und ob Telefon oder Kamera im selben Netz sind.</translation>
        </message>
        <message>
            <source>Use the form rtsp://HOST:PORT/PATH.</source>
            <translation>Verwende die Form rtsp://HOST:PORT/PATH.</translation>
        </message>
        <message>
            <source>Use the address of its video, often the same with /video at the end.</source>
            <translation>Nimm die Adresse des Videos darin, oft dieselbe mit /video am Ende.</translation>
        </message>
        <message>
            <source>Write them into the address: http://NAME:PASSWORD@HOST/PATH.</source>
            <translation>Schreibe sie in die Adresse: http://NAME:PASSWORT@HOST/PFAD.</translation>
        </message>
        <message>
            <source>{name} has no video stream.</source>
            <translation>{name} hat keinen Videostrom.</translation>
        </message>
        <message>
            <source>Use the address of its video.</source>
            <translation>Verwende die Adresse des Videos.</translation>
        </message>
        <message>
            <source>{name} stopped responding ({reason}).</source>
            <translation>{name} antwortet nicht mehr ({reason}).</translation>
        </message>
        <message>
            <source>{name} has ended.</source>
            <translation>{name} ist zu Ende.</translation>
        </message>
        <message>
            <source>Reconnecting.</source>
            <translation>Verbinde neu.</translation>
        </message>
        <message>
            <source>The address of the stream is malformed.</source>
            <translation>Die Adresse des Streams ist ungültig.</translation>
        </message>
        <message>
            <source>The address {scheme}:// has no host.</source>
            <translation>In der Adresse {scheme}:// fehlt der Host.</translation>
        </message>
        <message>
            <source>{name} asks for a user name and a password.</source>
            <translation>{name} verlangt einen Benutzernamen und ein Passwort.</translation>
        </message>
        <message>
            <source>{name} answers with a web page.</source>
            <translation>{name} antwortet mit einer Webseite.</translation>
        </message>
        <message>
            <source>{name} sends no video ({reason}).</source>
            <translation>{name} sendet kein Video ({reason}).</translation>
        </message>
        <message>
            <source>'{text}' names no port.</source>
            <translation>„{text}“ nennt keinen Port.</translation>
        </message>
        <message>
            <source>Write vmc:39539, or vmc:ADDRESS:PORT.</source>
            <translation>Schreibe vmc:39539 oder vmc:ADRESSE:PORT.</translation>
        </message>
        <message>
            <source>The package python-osc is not installed.</source>
            <translation>Das Paket python-osc ist nicht installiert.</translation>
        </message>
        <message>
            <source>Install it with: pip install 'avatarify[vmc]'.</source>
            <translation>Installiere es mit: pip install 'avatarify[vmc]'.</translation>
        </message>
        <message>
            <source>Port {port} of {address} cannot be used: {reason}.</source>
            <translation>Port {port} von {address} kann nicht verwendet werden: {reason}.</translation>
        </message>
        <message>
            <source>Close the other program that listens there, or choose another port: vmc:PORT.</source>
            <translation>Schließe das andere Programm, das diesen Port belegt, oder wähle einen anderen: vmc:PORT.</translation>
        </message>
        <message>
            <source>Camera {name} shows only black.</source>
            <translation>Die Kamera {name} zeigt nur Schwarz.</translation>
        </message>
        <message>
            <source>Open its privacy shutter, or add light.</source>
            <translation>Öffne die Abdeckung der Kamera oder sorge für Licht.</translation>
        </message>
        <message>
            <source>Camera {name} has shown the same picture for {seconds:.0f} s.</source>
            <translation>Die Kamera {name} zeigt seit {seconds:.0f} s dasselbe Bild.</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, check its privacy switch and its cable.</source>
            <translation>Verbinde neu. Wenn das nicht hilft, prüfe den Privatsphäre-Schalter und das Kabel.</translation>
        </message>
        <message>
            <source>Camera {name} has delivered no frame for {seconds:.0f} s.</source>
            <translation>Die Kamera {name} hat seit {seconds:.0f} s kein Bild geliefert.</translation>
        </message>
        <message>
            <source>If it does not recover, unplug it and plug it in again.</source>
            <translation>Wenn sie sich nicht erholt, stecke sie ab und wieder an.</translation>
        </message>
        <message>
            <source>Camera {name} is not connected.</source>
            <translation>Die Kamera {name} ist nicht angeschlossen.</translation>
        </message>
        <message>
            <source>Plug it in again.</source>
            <translation>Stecke sie wieder an.</translation>
        </message>
        <message>
            <source>Camera {name} did not respond within {seconds:.0f} s.</source>
            <translation>Die Kamera {name} hat {seconds:.0f} s lang nicht geantwortet.</translation>
        </message>
        <message>
            <source>Plug it in again, or restart the computer if it is built in.</source>
            <translation>Stecke sie neu an, oder starte den Rechner neu, wenn sie eingebaut ist.</translation>
        </message>
        <message>
            <source>Run: {command}</source>
            <translation>Befehl: {command}</translation>
        </message>
        <message>
            <source>camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>The system settings deny Avatarify access to cameras.</source>
            <translation>Die Systemeinstellungen verweigern Avatarify den Zugriff auf Kameras.</translation>
        </message>
        <message>
            <source>{cameras}; one is in use by {programs}.</source>
            <translation>{cameras}; eine wird von {programs} benutzt.</translation>
        </message>
        <message>
            <source>{camera} (in use by {programs})</source>
            <translation>{camera} (benutzt von {programs})</translation>
        </message>
        <message>
            <source>No permission to open {paths}.</source>
            <translation>Keine Berechtigung für {paths}.</translation>
        </message>
        <message>
            <source>Cameras cannot be listed ({reason}).</source>
            <translation>Kameras lassen sich nicht auflisten ({reason}).</translation>
        </message>
        <message>
            <source>Run: pip install --force-reinstall cv2-enumerate-cameras; '--camera demo' needs no camera.</source>
            <translation>Befehl: pip install --force-reinstall cv2-enumerate-cameras; „--camera demo“ braucht keine Kamera.</translation>
        </message>
        <message>
            <source>Only {cameras}, which shows Avatarify's own output.</source>
            <translation>Nur {cameras}, und diese zeigt die Ausgabe von Avatarify selbst.</translation>
        </message>
        <message>
            <source>Connect a webcam; '--camera demo' needs none.</source>
            <translation>Schließe eine Webcam an; „--camera demo“ braucht keine.</translation>
        </message>
        <message>
            <source>No camera is connected.</source>
            <translation>Keine Kamera ist angeschlossen.</translation>
        </message>
        <message>
            <source>Connect one; '--camera demo' needs none.</source>
            <translation>Schließe eine an; „--camera demo“ braucht keine.</translation>
        </message>
        <message>
            <source>Close {programs} before a call: most cameras serve only one program at a time.</source>
            <translation>Schließe {programs} vor einem Anruf: Die meisten Kameras bedienen nur ein Programm zugleich.</translation>
        </message>
        <message>
            <source>Python</source>
            <translation>Python</translation>
        </message>
        <message>
            <source>{version} is not tested.</source>
            <translation>{version} ist nicht getestet.</translation>
        </message>
        <message>
            <source>Use Python 3.11, 3.12, or 3.13.</source>
            <translation>Verwende Python 3.11, 3.12 oder 3.13.</translation>
        </message>
        <message>
            <source>packages</source>
            <translation>Pakete</translation>
        </message>
        <message>
            <source>Missing: {packages}.</source>
            <translation>Es fehlen: {packages}.</translation>
        </message>
        <message>
            <source>all {count} are installed</source>
            <translation>alle {count} sind installiert</translation>
        </message>
        <message>
            <source>system libraries</source>
            <translation>Systembibliotheken</translation>
        </message>
        <message>
            <source>none are missing</source>
            <translation>keine fehlt</translation>
        </message>
        <message>
            <source>Qt needs system libraries that are missing: {packages}.</source>
            <translation>Qt braucht Systembibliotheken, die fehlen: {packages}.</translation>
        </message>
        <message>
            <source>window</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>There is no display.</source>
            <translation>Es gibt kein Display.</translation>
        </message>
        <message>
            <source>Use 'avatarify run', which needs none.</source>
            <translation>Verwende „avatarify run“, das keines braucht.</translation>
        </message>
        <message>
            <source>the desktop app can open</source>
            <translation>die Desktop-App lässt sich öffnen</translation>
        </message>
        <message>
            <source>folders</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Cannot write to {folder}: {reason}.</source>
            <translation>In {folder} kann nicht geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>Make it writable, or set AVATARIFY_CACHE, _DATA, and _CONFIG.</source>
            <translation>Mache ihn beschreibbar oder setze AVATARIFY_CACHE, _DATA und _CONFIG.</translation>
        </message>
        <message>
            <source>model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>the built-in model is intact</source>
            <translation>das eingebaute Modell ist unbeschädigt</translation>
        </message>
        <message>
            <source>runtime</source>
            <translation>Laufzeitumgebung</translation>
        </message>
        <message>
            <source>Only {free} MB are free in {folder}.</source>
            <translation>In {folder} sind nur {free} MB frei.</translation>
        </message>
        <message>
            <source>Free some disk space.</source>
            <translation>Schaffe Speicherplatz.</translation>
        </message>
        <message>
            <source>writable, {free} GB free in {folder}</source>
            <translation>beschreibbar, {free} GB frei in {folder}</translation>
        </message>
        <message>
            <source>graphics card</source>
            <translation>Grafikkarte</translation>
        </message>
        <message>
            <source>{reason}: the CPU is used.</source>
            <translation>{reason}: Die CPU wird verwendet.</translation>
        </message>
        <message>
            <source>Close programs that use the GPU, or use another GPU.</source>
            <translation>Schließe Programme, die die GPU benutzen, oder verwende eine andere GPU.</translation>
        </message>
        <message>
            <source>{gpu}; {runtimes} can use it</source>
            <translation>{gpu}; nutzbar mit {runtimes}</translation>
        </message>
        <message>
            <source>TensorRT</source>
            <translation>TensorRT</translation>
        </message>
        <message>
            <source>{name} can be used (to build engines: avatarify build-engines)</source>
            <translation>{name} ist nutzbar (Engines bauen: avatarify build-engines)</translation>
        </message>
        <message>
            <source>tensorrt: {tensorrt}; tensorrt-rtx: {rtx}.</source>
            <translation>tensorrt: {tensorrt}; tensorrt-rtx: {rtx}.</translation>
        </message>
        <message>
            <source>memory</source>
            <translation>Arbeitsspeicher</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>{memory} MB</source>
            <translation>{memory} MB</translation>
        </message>
        <message>
            <source>{memory} MB, but a live session with the built-in model needs {needed} MB.</source>
            <translation>{memory} MB, eine Live-Sitzung mit dem eingebauten Modell braucht aber {needed} MB.</translation>
        </message>
        <message>
            <source>Use a machine with more memory.</source>
            <translation>Verwende einen Rechner mit mehr Arbeitsspeicher.</translation>
        </message>
        <message>
            <source>{memory} MB: enough for the built-in model, but not for the full one.</source>
            <translation>{memory} MB: genug für das eingebaute Modell, aber nicht für das volle.</translation>
        </message>
        <message>
            <source>Close other programs before a call.</source>
            <translation>Schließe vor einem Anruf andere Programme.</translation>
        </message>
        <message>
            <source>no NVIDIA driver found; ONNX Runtime uses {provider}</source>
            <translation>kein NVIDIA-Treiber gefunden; ONNX Runtime verwendet {provider}</translation>
        </message>
        <message>
            <source>no NVIDIA driver found; the built-in model runs on the CPU</source>
            <translation>kein NVIDIA-Treiber gefunden; das eingebaute Modell läuft auf der CPU</translation>
        </message>
        <message>
            <source>{gpu} is not used: {reason}.</source>
            <translation>{gpu} wird nicht verwendet: {reason}.</translation>
        </message>
        <message>
            <source>{update} Then run: {command}</source>
            <translation>{update} Danach: {command}</translation>
        </message>
        <message>
            <source>{gpu} is not used and everything runs on the CPU: torch is not installed, and TensorRT is not available: {reason}.</source>
            <translation>{gpu} wird nicht verwendet und alles läuft auf der CPU: torch ist nicht installiert, und TensorRT ist nicht verfügbar: {reason}.</translation>
        </message>
        <message>
            <source>{gpu} is not used and everything runs on the CPU: torch {torch} is a CPU build, and TensorRT is not available: {reason}.</source>
            <translation>{gpu} wird nicht verwendet, alles läuft auf der CPU: torch {torch} ist ein CPU-Build, und TensorRT ist nicht verfügbar: {reason}.</translation>
        </message>
        <message>
            <source>not used: no NVIDIA GPU found (tensorrt-rtx is installed). {requirements}</source>
            <translation>nicht verwendet: keine NVIDIA-GPU gefunden (tensorrt-rtx ist installiert). {requirements}</translation>
        </message>
        <message>
            <source>not used: no NVIDIA GPU found (tensorrt-rtx is not installed). {requirements}</source>
            <translation>nicht verwendet: keine NVIDIA-GPU gefunden (tensorrt-rtx ist nicht installiert). {requirements}</translation>
        </message>
        <message>
            <source>It requires an NVIDIA GPU of compute capability 7.5 or newer (RTX 20 series, GTX 16 series) with {memory} MB of memory; a driver for CUDA {cuda} (version {driver} or newer); and: {command}</source>
            <translation>Nötig sind: eine NVIDIA-GPU ab Compute Capability 7.5 (RTX-20-Serie, GTX-16-Serie) mit {memory} MB Speicher, ein Treiber für CUDA {cuda} (Version {driver} oder neuer) und: {command}</translation>
        </message>
        <message>
            <source>Install NVIDIA driver {driver} or newer (Ubuntu: sudo ubuntu-drivers install), then restart.</source>
            <translation>Installiere den NVIDIA-Treiber {driver} oder neuer (Ubuntu: sudo ubuntu-drivers install) und starte neu.</translation>
        </message>
        <message>
            <source>Install NVIDIA driver {driver} or newer from nvidia.com/drivers, then restart.</source>
            <translation>Installiere den NVIDIA-Treiber {driver} oder neuer von nvidia.com/drivers und starte neu.</translation>
        </message>
        <message>
            <source>virtual camera</source>
            <translation>virtuelle Kamera</translation>
        </message>
        <message>
            <source>Nothing is built for {target}: {reason}.</source>
            <translation>Für {target} wird nichts gebaut: {reason}.</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor'.</source>
            <translation>Führe „avatarify doctor“ aus.</translation>
        </message>
        <message>
            <source>not compared: no NVIDIA driver found; the first start on a GPU compares it</source>
            <translation>nicht verglichen: kein NVIDIA-Treiber gefunden; der erste Start auf einer GPU holt das nach</translation>
        </message>
        <message>
            <source>comparing {target} with torch</source>
            <translation>vergleiche {target} mit torch</translation>
        </message>
        <message>
            <source>The engine {target} {precision} of '{model}'</source>
            <translation>Die Engine {target} {precision} von „{model}“</translation>
        </message>
        <message>
            <source>valid</source>
            <translation>gültig</translation>
        </message>
        <message>
            <source>another process has built it</source>
            <translation>ein anderer Prozess hat sie gebaut</translation>
        </message>
        <message>
            <source>requested with --force</source>
            <translation>mit --force angefordert</translation>
        </message>
        <message>
            <source>{engine}: waiting for another process that builds it</source>
            <translation>{engine}: warte auf einen anderen Prozess, der sie baut</translation>
        </message>
        <message>
            <source>unpacking the graphs</source>
            <translation>die Graphen werden entpackt</translation>
        </message>
        <message>
            <source>No engines of '{model}' have been built.</source>
            <translation>Für „{model}“ wurden keine Engines gebaut.</translation>
        </message>
        <message>
            <source>Run: avatarify build-engines --model {model}</source>
            <translation>Befehl: avatarify build-engines --model {model}</translation>
        </message>
        <message>
            <source>waiting for another process</source>
            <translation>warte auf einen anderen Prozess</translation>
        </message>
        <message>
            <source>The ONNX files of '{model}' do not compute what torch does: {problems}.</source>
            <translation>Die ONNX-Dateien von „{model}“ rechnen anders als torch: {problems}.</translation>
        </message>
        <message>
            <source>Use --runtime torch, and report this.</source>
            <translation>Nimm --runtime torch und melde das.</translation>
        </message>
        <message>
            <source>torch {version} is a CPU build, although this machine has an NVIDIA GPU</source>
            <translation>torch {version} ist ein CPU-Build, obwohl dieser Rechner eine NVIDIA-GPU hat</translation>
        </message>
        <message>
            <source>the package openvino is not installed (pip install openvino)</source>
            <translation>das Paket openvino ist nicht installiert (pip install openvino)</translation>
        </message>
        <message>
            <source>the package onnxruntime is not installed (pip install onnxruntime)</source>
            <translation>das Paket onnxruntime ist nicht installiert (pip install onnxruntime)</translation>
        </message>
        <message>
            <source>this build of ONNX Runtime does not include it</source>
            <translation>dieser Build von ONNX Runtime enthält es nicht</translation>
        </message>
        <message>
            <source>it is faster than the CPU of this computer</source>
            <translation>schneller als der Prozessor dieses Computers</translation>
        </message>
        <message>
            <source>NVIDIA GPU found</source>
            <translation>NVIDIA-GPU gefunden</translation>
        </message>
        <message>
            <source>NVIDIA RTX GPU found</source>
            <translation>NVIDIA-RTX-GPU gefunden</translation>
        </message>
        <message>
            <source>nothing faster can be used on this machine</source>
            <translation>auf diesem Rechner ist nichts Schnelleres nutzbar</translation>
        </message>
        <message>
            <source>GPU found by DirectML</source>
            <translation>GPU über DirectML gefunden</translation>
        </message>
        <message>
            <source>GPU found by CoreML</source>
            <translation>GPU über CoreML gefunden</translation>
        </message>
        <message>
            <source>no usable GPU, and OpenVINO is fastest on a CPU</source>
            <translation>keine nutzbare GPU, und OpenVINO ist auf einer CPU am schnellsten</translation>
        </message>
        <message>
            <source>No runtime can execute the model.</source>
            <translation>Keine Laufzeitumgebung kann das Modell ausführen.</translation>
        </message>
        <message>
            <source>The model runs on {runtime} instead: {device}.</source>
            <translation>Das Modell läuft stattdessen mit {runtime}: {device}.</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason}.</source>
            <translation>{runtime} wird nicht verwendet: {reason}.</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason} It is being built in the background; start again in a minute.</source>
            <translation>{runtime} wird nicht verwendet: {reason} Sie wird gerade im Hintergrund gebaut; starte in einer Minute erneut.</translation>
        </message>
        <message>
            <source>{runtime} is not used: {reason}</source>
            <translation>{runtime} wird nicht verwendet: {reason}</translation>
        </message>
        <message>
            <source>The runtime {runtime} cannot be used: {reason}.</source>
            <translation>Die Laufzeitumgebung {runtime} ist nicht nutzbar: {reason}.</translation>
        </message>
        <message>
            <source>Use --runtime auto.</source>
            <translation>Verwende --runtime auto.</translation>
        </message>
        <message>
            <source>{runtime}: requested</source>
            <translation>{runtime}: angefordert</translation>
        </message>
        <message>
            <source>There is no runtime '{runtime}'.</source>
            <translation>Es gibt keine Laufzeitumgebung „{runtime}“.</translation>
        </message>
        <message>
            <source>key points differ by {value:.4f} (limit {limit})</source>
            <translation>Schlüsselpunkte weichen um {value:.4f} ab (Grenze {limit})</translation>
        </message>
        <message>
            <source>mean image difference {value:.2f}/255 (limit {limit:g}/255)</source>
            <translation>mittlere Bildabweichung {value:.2f}/255 (Grenze {limit:g}/255)</translation>
        </message>
        <message>
            <source>mean motion difference {value:.4f} (limit {limit})</source>
            <translation>mittlere Bewegungsabweichung {value:.4f} (Grenze {limit})</translation>
        </message>
        <message>
            <source>{subject} was rejected: {problems}.</source>
            <translation>{subject} wurde abgelehnt: {problems}.</translation>
        </message>
        <message>
            <source>Build it again with --precision fp32, or report this.</source>
            <translation>Baue sie mit --precision fp32 neu oder melde das.</translation>
        </message>
        <message>
            <source>reading the weights</source>
            <translation>lese die Gewichte</translation>
        </message>
        <message>
            <source>writing {graph} as ONNX</source>
            <translation>schreibe {graph} als ONNX</translation>
        </message>
        <message>
            <source>running the reference on real frames</source>
            <translation>berechne die Referenz auf echten Bildern</translation>
        </message>
        <message>
            <source>comparing ONNX with torch</source>
            <translation>ONNX wird mit torch verglichen</translation>
        </message>
        <message>
            <source>OpenVINO finds no {device} here (it finds: {found}).</source>
            <translation>OpenVINO findet hier keine {device} (gefunden: {found}).</translation>
        </message>
        <message>
            <source>Install Intel's driver for it, or use --runtime auto.</source>
            <translation>Installiere den Intel-Treiber dafür oder verwende --runtime auto.</translation>
        </message>
        <message>
            <source>{runtime} for '{model}'</source>
            <translation>{runtime} für „{model}“</translation>
        </message>
        <message>
            <source>compiling for {device}</source>
            <translation>wird für {device} kompiliert</translation>
        </message>
        <message>
            <source>comparing the speed of {device} and CPU</source>
            <translation>die Geschwindigkeit von {device} und CPU wird verglichen</translation>
        </message>
        <message>
            <source>The CPU is faster: {cpu:.0f} ms a frame, {device} {other:.0f} ms.</source>
            <translation>Die CPU ist schneller: {cpu:.0f} ms pro Bild, {device} {other:.0f} ms.</translation>
        </message>
        <message>
            <source>Use --runtime {runtime} to use it all the same.</source>
            <translation>Mit --runtime {runtime} wird es trotzdem verwendet.</translation>
        </message>
        <message>
            <source>{target} cannot be used: {reason}.</source>
            <translation>{target} ist nicht nutzbar: {reason}.</translation>
        </message>
        <message>
            <source>The package websockets is not installed.</source>
            <translation>Das Paket websockets ist nicht installiert.</translation>
        </message>
        <message>
            <source>Install it: pip install 'avatarify[remote]'</source>
            <translation>Installiere es: pip install 'avatarify[remote]'</translation>
        </message>
        <message>
            <source>compiling</source>
            <translation>kompiliere</translation>
        </message>
        <message>
            <source>OpenVINO cannot build {graph}: {reason}.</source>
            <translation>OpenVINO kann {graph} nicht bauen: {reason}.</translation>
        </message>
        <message>
            <source>Report this with the full message.</source>
            <translation>Melde das mit der ganzen Meldung.</translation>
        </message>
        <message>
            <source>{cpu} does not multiply 16-bit numbers.</source>
            <translation>{cpu} rechnet nicht mit 16-Bit-Zahlen.</translation>
        </message>
        <message>
            <source>Use --precision fp32.</source>
            <translation>Verwende --precision fp32.</translation>
        </message>
        <message>
            <source>{graph} of '{model}' for {target} {precision}</source>
            <translation>{graph} von „{model}“ für {target} {precision}</translation>
        </message>
        <message>
            <source>not built yet</source>
            <translation>noch nicht gebaut</translation>
        </message>
        <message>
            <source>its manifest cannot be read</source>
            <translation>das Manifest ist nicht lesbar</translation>
        </message>
        <message>
            <source>truncated</source>
            <translation>unvollständig</translation>
        </message>
        <message>
            <source>larger than its manifest says</source>
            <translation>größer als im Manifest angegeben</translation>
        </message>
        <message>
            <source>damaged: its SHA-256 differs from the manifest's</source>
            <translation>beschädigt: SHA-256 weicht vom Manifest ab</translation>
        </message>
        <message>
            <source>No valid engine {engine}: {reason}.</source>
            <translation>Keine gültige Engine {engine}: {reason}.</translation>
        </message>
        <message>
            <source>Run: avatarify build-engines --model {model} --target {target}</source>
            <translation>Befehl: avatarify build-engines --model {model} --target {target}</translation>
        </message>
        <message>
            <source>built by {found}, but this is {wanted}</source>
            <translation>gebaut von {found}, hier ist aber {wanted}</translation>
        </message>
        <message>
            <source>built for {found}, but this is {wanted}</source>
            <translation>gebaut für {found}, hier ist aber {wanted}</translation>
        </message>
        <message>
            <source>built with other settings</source>
            <translation>mit anderen Einstellungen gebaut</translation>
        </message>
        <message>
            <source>built from another graph</source>
            <translation>aus einem anderen Graphen gebaut</translation>
        </message>
        <message>
            <source>Preparing the model '{model}' for this computer. This is done once and takes about {seconds:.0f} seconds.</source>
            <translation>Das Modell „{model}“ wird für diesen Computer vorbereitet. Das geschieht einmal und dauert etwa {seconds:.0f} Sekunden.</translation>
        </message>
        <message>
            <source>{problem} Until then the model is prepared again at each start.</source>
            <translation>{problem} Bis dahin wird das Modell bei jedem Start neu vorbereitet.</translation>
        </message>
        <message>
            <source>The recipe {file} cannot be read: {reason}.</source>
            <translation>Das Rezept {file} ist nicht lesbar: {reason}.</translation>
        </message>
        <message>
            <source>The reference {file} cannot be read: {reason}.</source>
            <translation>Die Referenz {file} ist nicht lesbar: {reason}.</translation>
        </message>
        <message>
            <source>Delete it; it will be made again.</source>
            <translation>Lösche sie; sie wird neu erzeugt.</translation>
        </message>
        <message>
            <source>The reference frames in {file} are missing or damaged.</source>
            <translation>Die Referenzbilder in {file} fehlen oder sind beschädigt.</translation>
        </message>
        <message>
            <source>{file} has no warp at which it could be split.</source>
            <translation>{file} hat keine Verformung, an der es geteilt werden könnte.</translation>
        </message>
        <message>
            <source>the package {name} is not installed (pip install 'avatarify[{name}]')</source>
            <translation>das Paket {name} ist nicht installiert (pip install 'avatarify[{name}]')</translation>
        </message>
        <message>
            <source>it builds for the GPU of this machine, and no NVIDIA driver was found</source>
            <translation>es baut für die GPU dieses Rechners, und kein NVIDIA-Treiber wurde gefunden</translation>
        </message>
        <message>
            <source>retrying with the warps kept separate</source>
            <translation>neuer Versuch mit getrennten Verformungen</translation>
        </message>
        <message>
            <source>starting the builder</source>
            <translation>starte den Builder</translation>
        </message>
        <message>
            <source>TensorRT-RTX does not support compute capability {unknown}.</source>
            <translation>TensorRT-RTX unterstützt die Compute Capability {unknown} nicht.</translation>
        </message>
        <message>
            <source>Choose from: {known}.</source>
            <translation>Wähle aus: {known}.</translation>
        </message>
        <message>
            <source>This version of TensorRT-RTX, {version}, does not support compute capability {capability}.</source>
            <translation>Diese Version von TensorRT-RTX, {version}, unterstützt die Compute Capability {capability} nicht.</translation>
        </message>
        <message>
            <source>Leave it out of --compute-capability, or install a newer version.</source>
            <translation>Lass sie bei --compute-capability weg oder installiere eine neuere Version.</translation>
        </message>
        <message>
            <source>{target} cannot build {graph}: {log}</source>
            <translation>{target} kann {graph} nicht bauen: {log}</translation>
        </message>
        <message>
            <source>no reason given</source>
            <translation>kein Grund angegeben</translation>
        </message>
        <message>
            <source>Float16 engines need ONNX Runtime's converter.</source>
            <translation>Float16-Engines brauchen den Konverter von ONNX Runtime.</translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime, or use --precision fp32.</source>
            <translation>Befehl: pip install onnxruntime; oder verwende --precision fp32.</translation>
        </message>
        <message>
            <source>The model file {path} cannot be read.</source>
            <translation>Die Modelldatei {path} kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The model file {path} is damaged.</source>
            <translation>Die Modelldatei {path} ist beschädigt.</translation>
        </message>
        <message>
            <source>'{text}' does not say which face to follow.</source>
            <translation>„{text}“ sagt nicht, welchem Gesicht gefolgt werden soll.</translation>
        </message>
        <message>
            <source>Give largest, left, right, or a place in the camera's picture in pixels: X,Y.</source>
            <translation>Gib largest, left, right oder eine Stelle im Kamerabild in Pixeln an: X,Y.</translation>
        </message>
        <message>
            <source>'{text}' is not a size.</source>
            <translation>„{text}“ ist keine Größe.</translation>
        </message>
        <message>
            <source>Write it as WIDTHxHEIGHT, such as 1280x720.</source>
            <translation>Schreibe sie als WIDTHxHEIGHT, etwa 1280x720.</translation>
        </message>
        <message>
            <source>The size {text} cannot be used.</source>
            <translation>Die Größe {text} ist nicht verwendbar.</translation>
        </message>
        <message>
            <source>Both sides must be even and from 16 to 4096.</source>
            <translation>Beide Seiten müssen gerade sein und zwischen 16 und 4096 liegen.</translation>
        </message>
        <message>
            <source>The weights {path} cannot be read: {reason}.</source>
            <translation>Die Gewichte {path} sind nicht lesbar: {reason}.</translation>
        </message>
        <message>
            <source>The model has an unknown graph '{graph}'.</source>
            <translation>Das Modell hat einen unbekannten Graphen „{graph}“.</translation>
        </message>
        <message>
            <source>Build the engines again with 'avatarify build-engines --force'.</source>
            <translation>Baue die Engines neu mit „avatarify build-engines --force“.</translation>
        </message>
        <message>
            <source>The model has no graph '{graph}'.</source>
            <translation>Das Modell hat keinen Graphen „{graph}“.</translation>
        </message>
        <message>
            <source>The graph {graph} has no tensor '{name}'.</source>
            <translation>Der Graph {graph} hat keinen Tensor „{name}“.</translation>
        </message>
        <message>
            <source>The graph {graph} has an unknown tensor '{name}'.</source>
            <translation>Der Graph {graph} hat einen unbekannten Tensor „{name}“.</translation>
        </message>
        <message>
            <source>The tensor '{name}' of the graph {graph} is {found}, but must be {wanted}.</source>
            <translation>Der Tensor „{name}“ des Graphen {graph} ist {found}, muss aber {wanted} sein.</translation>
        </message>
        <message>
            <source>The graph {graph} is not valid ONNX: {reason}</source>
            <translation>Der Graph {graph} ist kein gültiges ONNX: {reason}</translation>
        </message>
        <message>
            <source>Report this.</source>
            <translation>Melde das.</translation>
        </message>
        <message>
            <source>The graph {graph} cannot be exported to ONNX: {reason}</source>
            <translation>Der Graph {graph} kann nicht nach ONNX exportiert werden: {reason}</translation>
        </message>
        <message>
            <source>A graph of the model lacks the tensor '{name}'.</source>
            <translation>Einem Graphen des Modells fehlt der Tensor „{name}“.</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, AVIF, BMP, or TIFF image.</source>
            <translation>Nimm ein Bild im Format PNG, JPEG, WebP, AVIF, BMP oder TIFF.</translation>
        </message>
        <message>
            <source>{path} is a folder, not an image.</source>
            <translation>{path} ist ein Ordner, kein Bild.</translation>
        </message>
        <message>
            <source>Choose one image in it.</source>
            <translation>Wähle ein Bild darin.</translation>
        </message>
        <message>
            <source>The image {path} does not exist.</source>
            <translation>Das Bild {path} existiert nicht.</translation>
        </message>
        <message>
            <source>The image {path} cannot be read: {reason}.</source>
            <translation>Das Bild {path} ist nicht lesbar: {reason}.</translation>
        </message>
        <message>
            <source>Check its permissions.</source>
            <translation>Prüfe die Zugriffsrechte.</translation>
        </message>
        <message>
            <source>There is not enough memory for the image {name}.</source>
            <translation>Der Speicher reicht für das Bild {name} nicht aus.</translation>
        </message>
        <message>
            <source>Reduce it.</source>
            <translation>Verkleinere es.</translation>
        </message>
        <message>
            <source>The image {name} is truncated.</source>
            <translation>Das Bild {name} ist unvollständig.</translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <translation>Kopiere oder lade es noch einmal herunter.</translation>
        </message>
        <message>
            <source>{name} is not an image that can be read.</source>
            <translation>{name} ist kein lesbares Bild.</translation>
        </message>
        <message>
            <source>The image {name} is only {width}x{height} pixels.</source>
            <translation>Das Bild {name} hat nur {width}x{height} Pixel.</translation>
        </message>
        <message>
            <source>Use a larger one.</source>
            <translation>Verwende ein größeres.</translation>
        </message>
        <message>
            <source>The image {name} has more than {limit} megapixels.</source>
            <translation>Das Bild {name} hat mehr als {limit} Megapixel.</translation>
        </message>
        <message>
            <source>{name} is a HEIC image, which cannot be read here.</source>
            <translation>{name} ist ein HEIC-Bild, das hier nicht gelesen werden kann.</translation>
        </message>
        <message>
            <source>Save it as JPEG, or run: pip install pi-heif.</source>
            <translation>Speichere es als JPEG oder führe aus: pip install pi-heif.</translation>
        </message>
        <message>
            <source>The camera's image size changed from {before} to {after}.</source>
            <translation>Die Bildgröße der Kamera hat sich von {before} auf {after} geändert.</translation>
        </message>
        <message>
            <source>Look straight ahead for a moment.</source>
            <translation>Schau einen Moment geradeaus.</translation>
        </message>
        <message>
            <source>Camera {name} delivers only {measured:.0f} of {nominal:.0f} fps. Better lighting or a USB port of its own may help.</source>
            <translation>Die Kamera {name} liefert nur {measured:.0f} von {nominal:.0f} Bildern pro Sekunde. Besseres Licht oder ein eigener USB-Anschluss kann helfen.</translation>
        </message>
        <message>
            <source>Camera {name} reports invalid timestamps; using arrival times instead.</source>
            <translation>Die Kamera {name} meldet ungültige Zeitstempel; stattdessen zählt die Ankunftszeit.</translation>
        </message>
        <message>
            <source>The camera {name} failed: {reason}.</source>
            <translation>Die Kamera {name} ist ausgefallen: {reason}.</translation>
        </message>
        <message>
            <source>Reconnecting. If that fails, unplug the camera and plug it in again.</source>
            <translation>Verbinde neu. Wenn das nicht hilft, stecke die Kamera ab und wieder an.</translation>
        </message>
        <message>
            <source>The camera {name} is the virtual camera that Avatarify sends to.</source>
            <translation>Die Kamera {name} ist die virtuelle Kamera, an die Avatarify sendet.</translation>
        </message>
        <message>
            <source>Choose the camera that sees you; 'avatarify devices' lists them.</source>
            <translation>Wähle die Kamera, die dich zeigt; „avatarify devices“ listet sie auf.</translation>
        </message>
        <message>
            <source>{name} is not responding and cannot be changed now.</source>
            <translation>{name} reagiert nicht und lässt sich gerade nicht ändern.</translation>
        </message>
        <message>
            <source>Try again in a moment.</source>
            <translation>Versuche es gleich noch einmal.</translation>
        </message>
        <message>
            <source>{name} has not taken a picture for {seconds:.0f} s.</source>
            <translation>{name} hat seit {seconds:.0f} s kein Bild angenommen.</translation>
        </message>
        <message>
            <source>If it does not recover by itself, close the program that shows it.</source>
            <translation>Wenn sich das nicht von selbst löst, schließe das Programm, das sie zeigt.</translation>
        </message>
        <message>
            <source>{name} failed: {reason}.</source>
            <translation>{name} ist ausgefallen: {reason}.</translation>
        </message>
        <message>
            <source>This computer is too slow or too busy: showing every second frame ({fps:.0f} fps).</source>
            <translation>Dieser Computer ist zu langsam oder ausgelastet: Es wird nur jedes zweite Bild gezeigt ({fps:.0f} Bilder/s).</translation>
        </message>
        <message>
            <source>Reduced detail to keep {fps:.0f} fps.</source>
            <translation>Weniger Details, um {fps:.0f} Bilder/s zu halten.</translation>
        </message>
        <message>
            <source>The {name} thread did not end within {seconds:.0f} s.</source>
            <translation>Der Thread {name} endete nicht innerhalb von {seconds:.0f} s.</translation>
        </message>
        <message>
            <source>Unplug the camera or close the program that uses it, then start Avatarify again.</source>
            <translation>Stecke die Kamera ab oder schließe das Programm, das sie benutzt, und starte avatarify neu.</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be written: {reason}.</source>
            <translation>In den Ordner {folder} kann nicht geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>Make it writable, free some space, or choose another folder with --output or AVATARIFY_CACHE.</source>
            <translation>Mache ihn beschreibbar, schaffe Platz oder wähle mit --output oder AVATARIFY_CACHE einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Another process has been holding {file} for 15 minutes.</source>
            <translation>Ein anderer Prozess hält {file} seit 15 Minuten.</translation>
        </message>
        <message>
            <source>End that process, then try again.</source>
            <translation>Beende diesen Prozess und versuche es noch einmal.</translation>
        </message>
        <message>
            <source>Programs may use only {allowed} MB of memory here, but a model needs {needed} MB.</source>
            <translation>Programme dürfen hier nur {allowed} MB Speicher verwenden, aber ein Modell braucht {needed} MB.</translation>
        </message>
        <message>
            <source>Raise the limit, for example with: ulimit -v unlimited</source>
            <translation>Erhöhe die Grenze, zum Beispiel mit: ulimit -v unlimited</translation>
        </message>
        <message>
            <source>A key point's Jacobian cannot be inverted.</source>
            <translation>Die Jacobi-Matrix eines Schlüsselpunkts lässt sich nicht umkehren.</translation>
        </message>
        <message>
            <source>Look at the camera and recalibrate.</source>
            <translation>Schau in die Kamera und kalibriere neu.</translation>
        </message>
        <message>
            <source>The key points enclose no area.</source>
            <translation>Die Schlüsselpunkte umschließen keine Fläche.</translation>
        </message>
        <message>
            <source>The key points are not numbers.</source>
            <translation>Die Schlüsselpunkte sind keine Zahlen.</translation>
        </message>
        <message>
            <source>Recalibrate, or try another model.</source>
            <translation>Kalibriere neu oder nimm ein anderes Modell.</translation>
        </message>
        <message>
            <source>The sizes '{name}' are unknown.</source>
            <translation>Die Größen „{name}“ sind unbekannt.</translation>
        </message>
        <message>
            <source>Known sizes: {known}.</source>
            <translation>Bekannte Größen: {known}.</translation>
        </message>
        <message>
            <source>{path} has no dict with the parts kp_detector and generator.</source>
            <translation>{path} enthält kein Dict mit den Teilen kp_detector und generator.</translation>
        </message>
        <message>
            <source>Checkpoints of the First Order Motion Model, such as vox-cpk.pth.tar, can be used.</source>
            <translation>Verwendbar sind Checkpoints des First Order Motion Model, etwa vox-cpk.pth.tar.</translation>
        </message>
        <message>
            <source>{path} is a model of the kind {kind}, which does not run live.</source>
            <translation>{path} ist ein Modell der Art {kind}, das nicht live läuft.</translation>
        </message>
        <message>
            <source>Use it as --model of 'avatarify animate', 'evaluate --reconstruct', or 'figures'.</source>
            <translation>Verwende es als --model von „avatarify animate“, „evaluate --reconstruct“ oder „figures“.</translation>
        </message>
        <message>
            <source>{path} was not written by 'avatarify train'.</source>
            <translation>{path} stammt nicht von „avatarify train“.</translation>
        </message>
        <message>
            <source>Give the model.safetensors of a training run, or a .pth.tar.</source>
            <translation>Gib die model.safetensors eines „avatarify train“ oder eine .pth.tar an.</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}.</source>
            <translation>{path} kann nicht geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>Free some space, or check the folder.</source>
            <translation>Schaffe Platz oder prüfe den Ordner.</translation>
        </message>
        <message>
            <source>missing tensors: {count} ({names})</source>
            <translation>fehlende Tensoren: {count} ({names})</translation>
        </message>
        <message>
            <source>unknown tensors: {count} ({names})</source>
            <translation>unbekannte Tensoren: {count} ({names})</translation>
        </message>
        <message>
            <source>tensors of another shape: {count} ({names})</source>
            <translation>Tensoren anderer Form: {count} ({names})</translation>
        </message>
        <message>
            <source>{path} contains more than weights ({name}) and was not read.</source>
            <translation>{path} enthält mehr als Gewichte ({name}) und wurde nicht gelesen.</translation>
        </message>
        <message>
            <source>Use a file from the model's own publisher.</source>
            <translation>Verwende eine Datei vom Herausgeber des Modells.</translation>
        </message>
        <message>
            <source>{path} is damaged or truncated and cannot be read.</source>
            <translation>{path} ist beschädigt oder unvollständig und nicht lesbar.</translation>
        </message>
        <message>
            <source>{path} does not fit the model: {problems}.</source>
            <translation>{path} passt nicht zum Modell: {problems}.</translation>
        </message>
        <message>
            <source>{path} has tensors of a kind that cannot be used: {names}.</source>
            <translation>{path} hat Tensoren einer Art, die nicht verwendet werden kann: {names}.</translation>
        </message>
        <message>
            <source>{path} has numbers that are not finite: {names}.</source>
            <translation>{path} enthält nicht endliche Zahlen: {names}.</translation>
        </message>
        <message>
            <source>The checkpoint {path} cannot be read: {reason}.</source>
            <translation>Der Checkpoint {path} ist nicht lesbar: {reason}.</translation>
        </message>
        <message>
            <source>{path} is a web page, not a checkpoint.</source>
            <translation>{path} ist eine Webseite, kein Checkpoint.</translation>
        </message>
        <message>
            <source>Download the file itself.</source>
            <translation>Lade die Datei selbst herunter.</translation>
        </message>
        <message>
            <source>{path} is not a torch checkpoint.</source>
            <translation>{path} ist kein torch-Checkpoint.</translation>
        </message>
        <message>
            <source>Give a .pth.tar file such as vox-cpk.pth.tar.</source>
            <translation>Gib eine .pth.tar-Datei an, etwa vox-cpk.pth.tar.</translation>
        </message>
        <message>
            <source>{path} has more than {limit} tensors, which no model here has.</source>
            <translation>{path} hat mehr als {limit} Tensoren; so viele hat hier kein Modell.</translation>
        </message>
        <message>
            <source>{path} is an archive of other files.</source>
            <translation>{path} ist ein Archiv mit anderen Dateien.</translation>
        </message>
        <message>
            <source>Unpack it, and give the checkpoint inside.</source>
            <translation>Entpacke es und gib den Checkpoint darin an.</translation>
        </message>
        <message>
            <source>The sizes in the manifest are not valid.</source>
            <translation>Die Größenangaben im Manifest sind ungültig.</translation>
        </message>
        <message>
            <source>Import the model again.</source>
            <translation>Importiere das Modell neu.</translation>
        </message>
        <message>
            <source>The interrupted recording {file} cannot be moved or deleted: {reason}.</source>
            <translation>Die unterbrochene Aufnahme {file} kann nicht verschoben oder gelöscht werden: {reason}.</translation>
        </message>
        <message>
            <source>Make its folder writable, or free some disk space.</source>
            <translation>Machen Sie den Ordner beschreibbar oder schaffen Sie freien Speicherplatz.</translation>
        </message>
        <message>
            <source>Cannot serve the page {address}: {reason}.</source>
            <translation>Die Seite {address} kann nicht bereitgestellt werden: {reason}.</translation>
        </message>
        <message>
            <source>Choose another port: --sink http://{host}:{next_port}</source>
            <translation>Wähle einen anderen Port: --sink http://{host}:{next_port}</translation>
        </message>
        <message>
            <source>The page {address} is closed.</source>
            <translation>Die Seite {address} ist geschlossen.</translation>
        </message>
        <message>
            <source>Open it again.</source>
            <translation>Öffne sie neu.</translation>
        </message>
        <message>
            <source>The recording {name} is finished.</source>
            <translation>Die Aufnahme {name} ist abgeschlossen.</translation>
        </message>
        <message>
            <source>Start a new one.</source>
            <translation>Beginne eine neue.</translation>
        </message>
        <message>
            <source>Cannot write to the folder {folder}: {reason}.</source>
            <translation>In den Ordner {folder} kann nicht geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Wähle einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Free some disk space or use another disk.</source>
            <translation>Schaffe Speicherplatz oder nimm einen anderen Datenträger.</translation>
        </message>
        <message>
            <source>What was recorded before is in {name}. {advice}</source>
            <translation>Das bisher Aufgenommene ist in {name}. {advice}</translation>
        </message>
        <message>
            <source>Cannot write {name}: {reason}.</source>
            <translation>{name} kann nicht geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>A video of {size} cannot be written.</source>
            <translation>Ein Video mit {size} kann nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>Both sides must be even.</source>
            <translation>Beide Seiten müssen gerade sein.</translation>
        </message>
        <message>
            <source>{file} is not an MP4 file name.</source>
            <translation>{file} ist kein MP4-Dateiname.</translation>
        </message>
        <message>
            <source>End it in {suffix}.</source>
            <translation>Er muss auf {suffix} enden.</translation>
        </message>
        <message>
            <source>A video of {fps:g} fps cannot be written.</source>
            <translation>Ein Video mit {fps:g} Bildern pro Sekunde kann nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>Use 1 to 240 fps.</source>
            <translation>Verwende 1 bis 240 Bilder pro Sekunde.</translation>
        </message>
        <message>
            <source>A sink is named twice.</source>
            <translation>Ein Ausgabeziel ist doppelt angegeben.</translation>
        </message>
        <message>
            <source>Name each sink once.</source>
            <translation>Gib jedes Ausgabeziel nur einmal an.</translation>
        </message>
        <message>
            <source>'{text}' is not a valid sink.</source>
            <translation>„{text}“ ist kein gültiges Ausgabeziel.</translation>
        </message>
        <message>
            <source>Use virtual, null, mjpeg, or a file ending in {suffix}.</source>
            <translation>Verwende virtual, null, mjpeg oder eine Datei mit der Endung {suffix}.</translation>
        </message>
        <message>
            <source>'{text}' is not a page of this machine.</source>
            <translation>„{text}“ ist keine Seite dieses Rechners.</translation>
        </message>
        <message>
            <source>Use http://127.0.0.1:{port}.</source>
            <translation>Verwende http://127.0.0.1:{port}.</translation>
        </message>
        <message>
            <source>There is no virtual camera for this system.</source>
            <translation>Für dieses System gibt es keine virtuelle Kamera.</translation>
        </message>
        <message>
            <source>Use '--sink mjpeg' and a browser source in OBS.</source>
            <translation>Verwende „--sink mjpeg“ und eine Browserquelle in OBS.</translation>
        </message>
        <message>
            <source>Another program sends to the OBS camera: stop the virtual camera in OBS.</source>
            <translation>Ein anderes Programm sendet an die OBS-Kamera: Beende die virtuelle Kamera in OBS.</translation>
        </message>
        <message>
            <source>Choose a name that 'avatarify devices' lists.</source>
            <translation>Wähle einen Namen, den „avatarify devices“ auflistet.</translation>
        </message>
        <message>
            <source>Another program sends to it, or a program that showed it is still open: close both. If that does not help: sudo modprobe -r v4l2loopback, then {command}</source>
            <translation>Ein anderes Programm sendet an sie, oder ein Programm, das sie zeigte, ist noch offen: Schließe beide. Wenn das nicht hilft: sudo modprobe -r v4l2loopback, dann {command}</translation>
        </message>
        <message>
            <source>A program still shows frames of another size: turn off its camera, or close the program.</source>
            <translation>Ein Programm zeigt noch Bilder einer anderen Größe: Schalte dort die Kamera aus oder schließe es.</translation>
        </message>
        <message>
            <source>Avatarify already sends to it: stop the other session.</source>
            <translation>Avatarify sendet bereits an sie: Beende die andere Sitzung.</translation>
        </message>
        <message>
            <source>Secure Boot requires a signed module: sudo mokutil --import {key}, restart, and choose 'Enroll MOK' on the blue screen.</source>
            <translation>Secure Boot verlangt ein signiertes Modul: sudo mokutil --import {key}, neu starten und auf dem blauen Bildschirm „Enroll MOK“ wählen.</translation>
        </message>
        <message>
            <source>Close all programs that use the virtual camera, including the browser, then run the command again.</source>
            <translation>Schließe alle Programme, die die virtuelle Kamera benutzen, auch den Browser, und führe den Befehl noch einmal aus.</translation>
        </message>
        <message>
            <source>It was not built for this kernel: restart if a newer one is installed, then run the command again.</source>
            <translation>Es wurde nicht für diesen Kernel gebaut: Starte neu, falls ein neuerer installiert ist, und führe den Befehl noch einmal aus.</translation>
        </message>
        <message>
            <source>Run: sudo apt-get update, then run the command again.</source>
            <translation>Führe sudo apt-get update aus und dann den Befehl noch einmal.</translation>
        </message>
        <message>
            <source>On Fedora it is in RPM Fusion: enable rpmfusion-free, then run the command again.</source>
            <translation>Bei Fedora ist es in RPM Fusion: Aktiviere rpmfusion-free und führe den Befehl noch einmal aus.</translation>
        </message>
        <message>
            <source>v4l2loopback is loaded but has no device.</source>
            <translation>v4l2loopback ist geladen, hat aber kein Gerät.</translation>
        </message>
        <message>
            <source>Run: sudo mokutil --import {key}, restart, and choose 'Enroll MOK' on the blue screen; then: {command}</source>
            <translation>Befehl: sudo mokutil --import {key}; neu starten und auf dem blauen Bildschirm „Enroll MOK“ wählen; dann: {command}</translation>
        </message>
        <message>
            <source>v4l2loopback is not loaded, and Secure Boot only loads signed modules.</source>
            <translation>v4l2loopback ist nicht geladen, und Secure Boot lädt nur signierte Module.</translation>
        </message>
        <message>
            <source>v4l2loopback is installed but not loaded.</source>
            <translation>v4l2loopback ist installiert, aber nicht geladen.</translation>
        </message>
        <message>
            <source>v4l2loopback is not built for kernel {release}: the kernel headers are missing.</source>
            <translation>v4l2loopback ist nicht für den Kernel {release} gebaut: Die Kernel-Header fehlen.</translation>
        </message>
        <message>
            <source>Install it with your system's package manager, then run: {command}</source>
            <translation>Installiere es mit der Paketverwaltung deines Systems, dann: {command}</translation>
        </message>
        <message>
            <source>v4l2loopback is not installed.</source>
            <translation>v4l2loopback ist nicht installiert.</translation>
        </message>
        <message>
            <source>{devices}, without exclusive_caps: Chrome and Meet do not list it.</source>
            <translation>{devices}, ohne exclusive_caps: Chrome und Meet führen sie nicht auf.</translation>
        </message>
        <message>
            <source>Close programs that use it, then run: {command}</source>
            <translation>Schließe Programme, die sie benutzen, dann: {command}</translation>
        </message>
        <message>
            <source>{devices}: Zoom ignores devices with so high a number.</source>
            <translation>{devices}: Zoom übersieht Geräte mit so hoher Nummer.</translation>
        </message>
        <message>
            <source>Load v4l2loopback with a lower video_nr.</source>
            <translation>Lade v4l2loopback mit einer kleineren video_nr.</translation>
        </message>
        <message>
            <source>OBS Virtual Camera</source>
            <translation>OBS Virtual Camera</translation>
        </message>
        <message>
            <source>The camera extension of OBS is not approved.</source>
            <translation>Die Kameraerweiterung von OBS ist nicht zugelassen.</translation>
        </message>
        <message>
            <source>Allow it in {settings}, then restart.</source>
            <translation>Erlaube sie unter {settings} und starte neu.</translation>
        </message>
        <message>
            <source>OBS Studio is not installed.</source>
            <translation>OBS Studio ist nicht installiert.</translation>
        </message>
        <message>
            <source>Install OBS Studio 30 or newer in Applications, press 'Start Virtual Camera' in it, then restart.</source>
            <translation>Installiere OBS Studio 30 oder neuer in Programme, drücke dort „Virtuelle Kamera starten“ und starte neu.</translation>
        </message>
        <message>
            <source>The virtual camera of OBS has never been started.</source>
            <translation>Die virtuelle Kamera von OBS wurde noch nie gestartet.</translation>
        </message>
        <message>
            <source>Start OBS, press 'Start Virtual Camera', allow its extension ({settings}), then restart.</source>
            <translation>Starte OBS, drücke „Virtuelle Kamera starten“, erlaube die Erweiterung ({settings}) und starte neu.</translation>
        </message>
        <message>
            <source>Install OBS Studio 26 or newer from obsproject.com, then start and stop its virtual camera once.</source>
            <translation>Installiere OBS Studio 26 oder neuer von obsproject.com, dann starte und beende einmal seine virtuelle Kamera.</translation>
        </message>
        <message>
            <source>Start OBS once as administrator, press 'Start Virtual Camera', then stop it.</source>
            <translation>Starte OBS einmal als Administrator, drücke „Virtuelle Kamera starten“ und beende sie wieder.</translation>
        </message>
        <message>
            <source>set the options</source>
            <translation>die Optionen setzen</translation>
        </message>
        <message>
            <source>load it at each start</source>
            <translation>bei jedem Start laden</translation>
        </message>
        <message>
            <source>unload the module</source>
            <translation>das Modul entladen</translation>
        </message>
        <message>
            <source>remove the options, and do not load it at each start</source>
            <translation>die Optionen entfernen und nicht mehr bei jedem Start laden</translation>
        </message>
        <message>
            <source>build it for kernel {release}</source>
            <translation>für den Kernel {release} bauen</translation>
        </message>
        <message>
            <source>install the module</source>
            <translation>das Modul installieren</translation>
        </message>
        <message>
            <source>unload it: its options cannot change while it is loaded</source>
            <translation>entladen: Die Optionen lassen sich sonst nicht ändern</translation>
        </message>
        <message>
            <source>load it now</source>
            <translation>jetzt laden</translation>
        </message>
        <message>
            <source>A picture of shape {shape} was sent where {size} is expected.</source>
            <translation>Es wurde ein Bild der Form {shape} gesendet, erwartet wird {size}.</translation>
        </message>
        <message>
            <source>Open the sink again.</source>
            <translation>Öffne das Ausgabeziel neu.</translation>
        </message>
        <message>
            <source>{name} has sound, but files of this kind cannot hold it.</source>
            <translation>{name} hat Ton, aber Dateien dieser Art können keinen enthalten.</translation>
        </message>
        <message>
            <source>its codec is unknown</source>
            <translation>das Tonformat ist unbekannt</translation>
        </message>
        <message>
            <source>The sound of {name} is lost from here on: {reason}.</source>
            <translation>Der Ton von {name} fehlt ab dieser Stelle: {reason}.</translation>
        </message>
        <message>
            <source>{file} is not the name of a video that can be written.</source>
            <translation>{file} ist kein Name für ein Video, das geschrieben werden kann.</translation>
        </message>
        <message>
            <source>End it in one of: {suffixes}.</source>
            <translation>Lass ihn auf eine dieser Endungen enden: {suffixes}.</translation>
        </message>
        <message>
            <source>{path} is a folder.</source>
            <translation>{path} ist ein Ordner.</translation>
        </message>
        <message>
            <source>Choose a file to write.</source>
            <translation>Wähle eine Datei zum Schreiben.</translation>
        </message>
        <message>
            <source>Create it first.</source>
            <translation>Lege ihn zuerst an.</translation>
        </message>
        <message>
            <source>The virtual camera {name} is closed.</source>
            <translation>Die virtuelle Kamera {name} ist geschlossen.</translation>
        </message>
        <message>
            <source>The virtual camera {name} was lost: {reason}.</source>
            <translation>Die virtuelle Kamera {name} ging verloren: {reason}.</translation>
        </message>
        <message>
            <source>Cannot open the virtual camera {device}: {reason}.</source>
            <translation>Die virtuelle Kamera {device} lässt sich nicht öffnen: {reason}.</translation>
        </message>
        <message>
            <source>Cannot open a virtual camera: {reason}.</source>
            <translation>Es lässt sich keine virtuelle Kamera öffnen: {reason}.</translation>
        </message>
        <message>
            <source>No home folder is known for this user.</source>
            <translation>Für diesen Benutzer ist kein Home-Ordner bekannt.</translation>
        </message>
        <message>
            <source>Set HOME to a folder that you can write to.</source>
            <translation>Setze HOME auf einen Ordner, in den du schreiben darfst.</translation>
        </message>
        <message>
            <source>'{text}' is not the address of a host.</source>
            <translation>„{text}“ ist keine Adresse eines Hosts.</translation>
        </message>
        <message>
            <source>Write it as wss://NAME:PORT.</source>
            <translation>Schreibe sie als wss://NAME:PORT.</translation>
        </message>
        <message>
            <source>The host {host} has another model.</source>
            <translation>Der Host {host} hat ein anderes Modell.</translation>
        </message>
        <message>
            <source>Choose its model with --model.</source>
            <translation>Wähle sein Modell mit --model.</translation>
        </message>
        <message>
            <source>The certificate of {host} is trusted from now on. Its fingerprint is {fingerprint}.</source>
            <translation>Dem Zertifikat von {host} wird von jetzt an vertraut. Sein Fingerabdruck ist {fingerprint}.</translation>
        </message>
        <message>
            <source>The certificate of {host} is not the one that was seen first.</source>
            <translation>Das Zertifikat von {host} ist nicht dasselbe wie bei der ersten Verbindung.</translation>
        </message>
        <message>
            <source>If the host was set up again, delete its entry in {file}.</source>
            <translation>Wenn der Host neu eingerichtet wurde, lösche seinen Eintrag in {file}.</translation>
        </message>
        <message>
            <source>The host {host} cannot be reached: {reason}.</source>
            <translation>Der Host {host} ist nicht erreichbar: {reason}.</translation>
        </message>
        <message>
            <source>Check the address and the network.</source>
            <translation>Prüfe die Adresse und das Netzwerk.</translation>
        </message>
        <message>
            <source>The host {host} does not accept the token.</source>
            <translation>Der Host {host} akzeptiert das Token nicht.</translation>
        </message>
        <message>
            <source>Ask its operator for a token.</source>
            <translation>Bitte den Betreiber um ein Token.</translation>
        </message>
        <message>
            <source>The host {host} is full.</source>
            <translation>Der Host {host} ist voll.</translation>
        </message>
        <message>
            <source>Try again later, or give another host.</source>
            <translation>Versuche es später noch einmal, oder gib einen anderen Host an.</translation>
        </message>
        <message>
            <source>The host {host} refused the session with the status {status}.</source>
            <translation>Der Host {host} hat die Sitzung mit dem Status {status} abgelehnt.</translation>
        </message>
        <message>
            <source>The host does not answer in time. This computer draws the portrait.</source>
            <translation>Der Host antwortet nicht rechtzeitig. Dieser Computer zeichnet das Porträt.</translation>
        </message>
        <message>
            <source>The host draws the portrait again.</source>
            <translation>Der Host zeichnet das Porträt wieder.</translation>
        </message>
        <message>
            <source>The token file {file} cannot be read: {reason}.</source>
            <translation>Die Token-Datei {file} kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>It has one token per line.</source>
            <translation>Sie enthält ein Token pro Zeile.</translation>
        </message>
        <message>
            <source>The token file {file} has no usable token.</source>
            <translation>Die Token-Datei {file} enthält kein brauchbares Token.</translation>
        </message>
        <message>
            <source>Write one token per line.</source>
            <translation>Schreibe ein Token pro Zeile.</translation>
        </message>
        <message>
            <source>There is no graph '{graph}'.</source>
            <translation>Es gibt keinen Graphen „{graph}“.</translation>
        </message>
        <message>
            <source>{runtime} could not run '{graph}': {reason}</source>
            <translation>{runtime} konnte „{graph}“ nicht ausführen: {reason}</translation>
        </message>
        <message>
            <source>Use another runtime (--runtime), or run 'avatarify doctor'.</source>
            <translation>Verwende eine andere Laufzeitumgebung (--runtime) oder führe „avatarify doctor“ aus.</translation>
        </message>
        <message>
            <source>The package cuda-python is not installed.</source>
            <translation>Das Paket cuda-python ist nicht installiert.</translation>
        </message>
        <message>
            <source>Run: pip install cuda-python</source>
            <translation>Befehl: pip install cuda-python</translation>
        </message>
        <message>
            <source>No NVIDIA driver found: {reason}</source>
            <translation>Kein NVIDIA-Treiber gefunden: {reason}</translation>
        </message>
        <message>
            <source>Could not allocate {size} MB of GPU memory: {reason}</source>
            <translation>{size} MB GPU-Speicher konnten nicht belegt werden: {reason}</translation>
        </message>
        <message>
            <source>Close other programs.</source>
            <translation>Schließe andere Programme.</translation>
        </message>
        <message>
            <source>CUDA error {code}, {reason}.</source>
            <translation>CUDA-Fehler {code}, {reason}.</translation>
        </message>
        <message>
            <source>ONNX Runtime is not installed.</source>
            <translation>ONNX Runtime ist nicht installiert.</translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime</source>
            <translation>Befehl: pip install onnxruntime</translation>
        </message>
        <message>
            <source>ONNX Runtime cannot open {file}: {reason}.</source>
            <translation>ONNX Runtime kann {file} nicht öffnen: {reason}.</translation>
        </message>
        <message>
            <source>Use --runtime torch.</source>
            <translation>Verwende --runtime torch.</translation>
        </message>
        <message>
            <source>This ONNX Runtime has no {provider}.</source>
            <translation>Diese ONNX Runtime hat kein {provider}.</translation>
        </message>
        <message>
            <source>OpenVINO cannot compile the model: {reason}.</source>
            <translation>OpenVINO kann das Modell nicht kompilieren: {reason}.</translation>
        </message>
        <message>
            <source>no NVIDIA driver found</source>
            <translation>kein NVIDIA-Treiber gefunden</translation>
        </message>
        <message>
            <source>the package torch is not installed (pip install 'avatarify[cuda]')</source>
            <translation>das Paket torch ist nicht installiert (pip install 'avatarify[cuda]')</translation>
        </message>
        <message>
            <source>the package is not installed (pip install 'avatarify[{name}]')</source>
            <translation>das Paket ist nicht installiert (pip install 'avatarify[{name}]')</translation>
        </message>
        <message>
            <source>the package cuda-python is not installed (pip install cuda-python)</source>
            <translation>das Paket cuda-python ist nicht installiert (pip install cuda-python)</translation>
        </message>
        <message>
            <source>{gpu} has {size} MB of memory, and {least} MB are needed</source>
            <translation>{gpu} hat {size} MB Speicher, nötig sind {least} MB</translation>
        </message>
        <message>
            <source>the NVIDIA driver supports CUDA {cuda}, and {least} is needed (driver {driver} or newer)</source>
            <translation>der NVIDIA-Treiber unterstützt CUDA {cuda}, nötig ist {least} (Treiber {driver} oder neuer)</translation>
        </message>
        <message>
            <source>{gpu} has compute capability {capability}, and TensorRT-RTX supports {supported}</source>
            <translation>{gpu} hat Compute Capability {capability}, TensorRT-RTX unterstützt {supported}</translation>
        </message>
        <message>
            <source>{gpu} has compute capability {capability}, and {least} (Turing) or newer is needed</source>
            <translation>{gpu} hat Compute Capability {capability}, nötig ist {least} (Turing) oder neuer</translation>
        </message>
        <message>
            <source>{name} is not installed.</source>
            <translation>{name} ist nicht installiert.</translation>
        </message>
        <message>
            <source>Run: pip install 'avatarify[{name}]'</source>
            <translation>Befehl: pip install 'avatarify[{name}]'</translation>
        </message>
        <message>
            <source>{runtime} rejected the engine {graph}: {reason}</source>
            <translation>{runtime} hat die Engine {graph} abgelehnt: {reason}</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor', or 'avatarify build-engines --target {runtime} --force'.</source>
            <translation>Führe „avatarify doctor“ oder „avatarify build-engines --target {runtime} --force“ aus.</translation>
        </message>
        <message>
            <source>{runtime} cannot execute {graph}: {reason}</source>
            <translation>{runtime} kann {graph} nicht ausführen: {reason}</translation>
        </message>
        <message>
            <source>TensorRT refused: {reason}</source>
            <translation>TensorRT lehnte ab: {reason}</translation>
        </message>
        <message>
            <source>torch finds no CUDA device.</source>
            <translation>torch findet kein CUDA-Gerät.</translation>
        </message>
        <message>
            <source>Run 'avatarify doctor' to see why.</source>
            <translation>Führe „avatarify doctor“ aus, um den Grund zu sehen.</translation>
        </message>
        <message>
            <source>The settings cannot be saved in {folder}: {reason}.</source>
            <translation>Die Einstellungen können nicht in {folder} gespeichert werden: {reason}.</translation>
        </message>
        <message>
            <source>Make the folder writable, or set AVATARIFY_CONFIG to another folder.</source>
            <translation>Mache den Ordner beschreibbar oder setze AVATARIFY_CONFIG auf einen anderen Ordner.</translation>
        </message>
        <message>
            <source>The system library {library} is missing.</source>
            <translation>Die Systembibliothek {library} fehlt.</translation>
        </message>
        <message>
            <source>Install the package that contains it.</source>
            <translation>Installiere das Paket, das sie enthält.</translation>
        </message>
        <message>
            <source>Cannot run pkexec: {reason}.</source>
            <translation>pkexec kann nicht gestartet werden: {reason}.</translation>
        </message>
        <message>
            <source>Run the commands yourself in a terminal, each with sudo in front.</source>
            <translation>Führe die Befehle selbst in einem Terminal aus, jeweils mit sudo davor.</translation>
        </message>
        <message>
            <source>Nothing was changed: the password was not given.</source>
            <translation>Es wurde nichts geändert: Das Passwort wurde nicht eingegeben.</translation>
        </message>
        <message>
            <source>The set-up failed: {output}</source>
            <translation>Die Einrichtung ist fehlgeschlagen: {output}</translation>
        </message>
        <message>
            <source>Cannot connect to the display '{display}'.</source>
            <translation>Keine Verbindung zum Display „{display}“.</translation>
        </message>
        <message>
            <source>Log in to a desktop, or use 'avatarify run', which needs no display.</source>
            <translation>Melde dich an einem Desktop an oder verwende „avatarify run“, das kein Display braucht.</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Startet …</translation>
        </message>
        <message>
            <source>Cannot rename {portrait}: {reason}.</source>
            <translation>{portrait} kann nicht umbenannt werden: {reason}.</translation>
        </message>
        <message>
            <source>Cannot delete {portrait}: {reason}.</source>
            <translation>{portrait} kann nicht gelöscht werden: {reason}.</translation>
        </message>
        <message>
            <source>Cannot restore {portrait}: {reason}.</source>
            <translation>{portrait} kann nicht wiederhergestellt werden: {reason}.</translation>
        </message>
        <message>
            <source>Cannot save {portrait} to the portraits folder: {reason}.</source>
            <translation>{portrait} kann nicht im Porträtordner gespeichert werden: {reason}.</translation>
        </message>
        <message>
            <source>Free some disk space, or close the program that uses the file.</source>
            <translation>Schaffe Speicherplatz oder schließe das Programm, das die Datei benutzt.</translation>
        </message>
        <message>
            <source>Cannot create the folder {folder}: {reason}.</source>
            <translation>Der Ordner {folder} kann nicht angelegt werden: {reason}.</translation>
        </message>
        <message>
            <source>Cannot write the snapshot {file}.</source>
            <translation>Der Schnappschuss {file} kann nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>Free some disk space or choose another folder.</source>
            <translation>Schaffe Speicherplatz oder wähle einen anderen Ordner.</translation>
        </message>
        <message>
            <source>The manifest {file} cannot be read: {reason}.</source>
            <translation>Das Manifest {file} ist nicht lesbar: {reason}.</translation>
        </message>
        <message>
            <source>The manifest {file} is not valid: {reason}.</source>
            <translation>Das Manifest {file} ist ungültig: {reason}.</translation>
        </message>
        <message>
            <source>Import or download the model again.</source>
            <translation>Importiere das Modell erneut oder lade es erneut herunter.</translation>
        </message>
        <message>
            <source>The weights {file} cannot be read: {reason}.</source>
            <translation>Die Gewichte {file} sind nicht lesbar: {reason}.</translation>
        </message>
        <message>
            <source>The weights {file} are damaged: their SHA-256 differs from the manifest's.</source>
            <translation>Die Gewichte {file} sind beschädigt: SHA-256 weicht vom Manifest ab.</translation>
        </message>
        <message>
            <source>it must be an object with the keys {keys}</source>
            <translation>es muss ein Objekt mit den Schlüsseln {keys} sein</translation>
        </message>
        <message>
            <source>the model's name is not its folder's, '{folder}'</source>
            <translation>der Name des Modells ist nicht der seines Ordners, „{folder}“</translation>
        </message>
        <message>
            <source>its kind is none of {kinds}</source>
            <translation>seine Art ist keine von {kinds}</translation>
        </message>
        <message>
            <source>its config is not an object</source>
            <translation>seine Konfiguration ist kein Objekt</translation>
        </message>
        <message>
            <source>its file is not the plain name of a safetensors file</source>
            <translation>seine Datei ist nicht der bloße Name einer safetensors-Datei</translation>
        </message>
        <message>
            <source>its sha256 is not 64 hexadecimal digits</source>
            <translation>sein sha256 besteht nicht aus 64 Hexadezimalziffern</translation>
        </message>
        <message>
            <source>There is no model '{name}'.</source>
            <translation>Es gibt kein Modell „{name}“.</translation>
        </message>
        <message>
            <source>No models are installed: reinstall Avatarify.</source>
            <translation>Es sind keine Modelle installiert: Installiere Avatarify neu.</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Unexpected error: {}.</source>
            <translation>Unerwarteter Fehler: {}.</translation>
        </message>
        <message>
            <source>Restart Avatarify. If it happens again, report it.</source>
            <translation>Starte Avatarify neu. Wenn es wieder passiert, melde es.</translation>
        </message>
    </context>
    <context>
        <name>NoticeStrip</name>
        <message>
            <source>Dismiss</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>Numbers</name>
        <message>
            <source>{}%</source>
            <translation>{} %</translation>
        </message>
    </context>
    <context>
        <name>OutputWindow</name>
        <message>
            <source>Avatarify output</source>
            <translation>Avatarify-Ausgabe</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>Page</name>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Copy to clipboard</source>
            <translation>In die Zwischenablage kopieren</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
    </context>
    <context>
        <name>PortraitGrid</name>
        <message>
            <source>Portraits</source>
            <translation>Porträts</translation>
        </message>
    </context>
    <context>
        <name>Portraits</name>
        <message>
            <source>New portrait</source>
            <translation>Neues Porträt</translation>
        </message>
        <message>
            <source>This image is not on this computer: {}</source>
            <translation>Dieses Bild liegt nicht auf diesem Rechner: {}</translation>
        </message>
        <message>
            <source>Avatarify does not download it. Copy the image in your browser, then paste it here.</source>
            <translation>Avatarify lädt es nicht herunter. Kopiere das Bild im Browser und füge es hier ein.</translation>
        </message>
        <message>
            <source>That does not contain an image.</source>
            <translation>Darin ist kein Bild enthalten.</translation>
        </message>
        <message>
            <source>Copy an image, then paste it here.</source>
            <translation>Kopiere ein Bild und füge es hier ein.</translation>
        </message>
        <message>
            <source>{} deleted.</source>
            <translation>{} gelöscht.</translation>
        </message>
        <message>
            <source>Cannot read {} as an image.</source>
            <translation>{} kann nicht als Bild gelesen werden.</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP, or TIFF image.</source>
            <translation>Nimm ein PNG-, JPEG-, WebP-, BMP- oder TIFF-Bild.</translation>
        </message>
    </context>
    <context>
        <name>PreferencesPage</name>
        <message>
            <source>Preferences</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>System default</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>&amp;Design</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Sprache</translation>
        </message>
        <message>
            <source>&amp;Model</source>
            <translation>&amp;Modell</translation>
        </message>
        <message>
            <source>&amp;Runtime</source>
            <translation>&amp;Laufzeitumgebung</translation>
        </message>
        <message>
            <source>Fastest available</source>
            <translation>Die schnellste verfügbare</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <source>First face in view</source>
            <translation>Erstes sichtbares Gesicht</translation>
        </message>
        <message>
            <source>&amp;Neutral frame</source>
            <translation>&amp;Neutrales Bild</translation>
        </message>
        <message>
            <source>Always best quality</source>
            <translation>Immer beste Qualität</translation>
        </message>
        <message>
            <source>Off: detail is reduced while this computer is too slow or too busy for the camera's frame rate.</source>
            <translation>Aus: Details werden verringert, solange dieser Computer für die Bildrate der Kamera zu langsam oder zu ausgelastet ist.</translation>
        </message>
        <message>
            <source>A new language takes effect when you reopen Avatarify; a new model, runtime, or quality at the next start.</source>
            <translation>Eine neue Sprache gilt nach dem nächsten Öffnen von Avatarify, ein neues Modell, eine neue Laufzeitumgebung oder Qualität ab dem nächsten Start.</translation>
        </message>
    </context>
    <context>
        <name>Preview</name>
        <message>
            <source>Preview: what others see</source>
            <translation>Vorschau: was die anderen sehen</translation>
        </message>
        <message>
            <source>Your real face is being sent</source>
            <translation>Dein echtes Gesicht wird gesendet</translation>
        </message>
        <message>
            <source>Frozen</source>
            <translation>Eingefroren</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Startet …</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>Kein Gesicht zu sehen</translation>
        </message>
        <message>
            <source>Camera lost, reconnecting</source>
            <translation>Kamera getrennt, verbinde neu</translation>
        </message>
        <message>
            <source>Camera in use by another program</source>
            <translation>Kamera wird von einem anderen Programm benutzt</translation>
        </message>
        <message>
            <source>Camera frozen, reconnecting</source>
            <translation>Kamerabild steht still, verbinde neu</translation>
        </message>
        <message>
            <source>Camera covered or dark</source>
            <translation>Kamera verdeckt oder dunkel</translation>
        </message>
        <message>
            <source>Output lost, reconnecting</source>
            <translation>Ausgabe getrennt, verbinde neu</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Beendet …</translation>
        </message>
        <message>
            <source>Not running</source>
            <translation>Läuft nicht</translation>
        </message>
    </context>
    <context>
        <name>ReadyStep</name>
        <message>
            <source>Press Start here first. Then choose the camera in the meeting app:</source>
            <translation>Drücke zuerst hier auf Start. Wähle dann die Kamera in der Meeting-App:</translation>
        </message>
        <message>
            <source>Preparation</source>
            <translation>Vorbereitung</translation>
        </message>
        <message>
            <source>Everything is prepared.</source>
            <translation>Alles ist vorbereitet.</translation>
        </message>
    </context>
    <context>
        <name>Recordings</name>
        <message>
            <source>Recording saved: {}</source>
            <translation>Aufnahme gespeichert: {}</translation>
        </message>
        <message>
            <source>Snapshot saved: {}</source>
            <translation>Schnappschuss gespeichert: {}</translation>
        </message>
        <message>
            <source>Nothing had been recorded yet.</source>
            <translation>Es war noch nichts aufgenommen.</translation>
        </message>
    </context>
    <context>
        <name>ReportPage</name>
        <message>
            <source>Report</source>
            <translation>Bericht</translation>
        </message>
        <message>
            <source>This is the whole report. Copy it into a message if you want someone to look at it.</source>
            <translation>Das ist der ganze Bericht. Kopiere ihn in eine Nachricht, wenn ihn sich jemand ansehen soll.</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Delete this report</source>
            <translation>Diesen Bericht löschen</translation>
        </message>
    </context>
    <context>
        <name>SessionWatch</name>
        <message>
            <source>This computer is too slow or too busy: {} of {} frames a second are shown.</source>
            <translation>Dieser Computer ist zu langsam oder ausgelastet: {} von {} Bildern pro Sekunde werden gezeigt.</translation>
        </message>
        <message>
            <source>Close other programs, or choose a smaller output.</source>
            <translation>Schließe andere Programme, oder wähle eine kleinere Ausgabe.</translation>
        </message>
        <message>
            <source>Poor neutral match ({}%).</source>
            <translation>Schlechte neutrale Übereinstimmung ({} %).</translation>
        </message>
        <message>
            <source>Look straight ahead with your mouth closed and eyes open.</source>
            <translation>Schau geradeaus, Mund geschlossen, Augen offen.</translation>
        </message>
    </context>
    <context>
        <name>SetUp</name>
        <message>
            <source>Run the commands above; the system asks for your password</source>
            <translation>Die Befehle oben ausführen; das System fragt nach deinem Passwort</translation>
        </message>
        <message>
            <source>Set it up</source>
            <translation>Einrichten</translation>
        </message>
        <message>
            <source>How to get a virtual camera on this system</source>
            <translation>Wie du auf diesem System eine virtuelle Kamera bekommst</translation>
        </message>
        <message>
            <source>Show how…</source>
            <translation>So geht es …</translation>
        </message>
        <message>
            <source>These commands run as administrator:</source>
            <translation>Diese Befehle laufen als Administrator:</translation>
        </message>
        <message>
            <source>The virtual camera is ready.</source>
            <translation>Die virtuelle Kamera ist bereit.</translation>
        </message>
        <message>
            <source>Meeting apps see Avatarify through a virtual camera. There is none yet.</source>
            <translation>Meeting-Apps sehen Avatarify über eine virtuelle Kamera. Noch gibt es keine.</translation>
        </message>
        <message>
            <source>The system cannot ask for the password: copy the commands.</source>
            <translation>Das System kann nicht nach dem Passwort fragen: Kopiere die Befehle.</translation>
        </message>
        <message>
            <source>The commands are running.</source>
            <translation>Die Befehle laufen gerade.</translation>
        </message>
        <message>
            <source>Setting up; this can take some minutes…</source>
            <translation>Einrichtung läuft; das kann einige Minuten dauern …</translation>
        </message>
    </context>
    <context>
        <name>Side</name>
        <message>
            <source>Portraits and controls</source>
            <translation>Porträts und Regler</translation>
        </message>
        <message>
            <source>Portraits</source>
            <translation>Porträts</translation>
        </message>
        <message>
            <source>Adjust</source>
            <translation>Anpassen</translation>
        </message>
    </context>
    <context>
        <name>SpeedCheck</name>
        <message>
            <source>Check the speed</source>
            <translation>Geschwindigkeit prüfen</translation>
        </message>
        <message>
            <source>Animate the demo clip for about ten seconds</source>
            <translation>Den Demofilm etwa zehn Sekunden lang animieren</translation>
        </message>
        <message>
            <source>The speed is being measured.</source>
            <translation>Die Geschwindigkeit wird gerade gemessen.</translation>
        </message>
        <message>
            <source>Stop the session first: it would slow the measurement down.</source>
            <translation>Stoppe zuerst die Sitzung: Sie würde die Messung bremsen.</translation>
        </message>
        <message>
            <source>There is no portrait to animate.</source>
            <translation>Es gibt kein Porträt zum Animieren.</translation>
        </message>
        <message>
            <source>Measuring…</source>
            <translation>Messung läuft …</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>Idle</source>
            <translation>Bereit</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>Startet</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>Läuft</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>Kein Gesicht zu sehen</translation>
        </message>
        <message>
            <source>Camera lost</source>
            <translation>Kamera fehlt</translation>
        </message>
        <message>
            <source>Camera in use</source>
            <translation>Kamera belegt</translation>
        </message>
        <message>
            <source>Camera frozen</source>
            <translation>Kamera steht still</translation>
        </message>
        <message>
            <source>Camera covered</source>
            <translation>Kamera verdeckt</translation>
        </message>
        <message>
            <source>Output lost</source>
            <translation>Ausgabe fehlt</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>Beendet</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Beendet</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Fehlgeschlagen</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Status</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>Kein Gesicht zu sehen</translation>
        </message>
        <message>
            <source>Frame rate</source>
            <translation>Bildrate</translation>
        </message>
        <message>
            <source>Added latency</source>
            <translation>Verzögerung</translation>
        </message>
        <message>
            <source>Dropped</source>
            <translation>Ausgelassen</translation>
        </message>
        <message>
            <source>Neutral match</source>
            <translation>Übereinstimmung</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Runtime and device are selected at start</source>
            <translation>Laufzeitumgebung und Gerät werden beim Start gewählt</translation>
        </message>
        <message>
            <source>Running slowly</source>
            <translation>Läuft langsam</translation>
        </message>
        <message>
            <source>{} on {}: {}</source>
            <translation>{} auf {}: {}</translation>
        </message>
        <message>
            <source>The picture is {} ms behind your voice: close other programs, or choose a smaller output.</source>
            <translation>Das Bild ist {} ms hinter deiner Stimme: Schließe andere Programme, oder wähle eine kleinere Ausgabe.</translation>
        </message>
    </context>
    <context>
        <name>Transport</name>
        <message>
            <source>Start or stop sending the animated portrait</source>
            <translation>Das animierte Porträt senden oder damit aufhören</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>Neu kalibrieren</translation>
        </message>
        <message>
            <source>Best frame</source>
            <translation>Bestes Bild</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>Einfrieren</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stopp</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>Available while a session runs.</source>
            <translation>Verfügbar, während eine Sitzung läuft.</translation>
        </message>
        <message>
            <source>The session is starting or stopping.</source>
            <translation>Die Sitzung startet oder stoppt gerade.</translation>
        </message>
        <message>
            <source>First read and accept how pictures of people are used.</source>
            <translation>Lies zuerst, wie mit Bildern von Menschen umgegangen wird, und stimme zu.</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>Wähle zuerst ein Porträt.</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>Show window</source>
            <translation>Fenster zeigen</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>Porträt</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stopp</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Start</translation>
        </message>
    </context>
    <context>
        <name>VirtualCameraPage</name>
        <message>
            <source>Virtual camera</source>
            <translation>Virtuelle Kamera</translation>
        </message>
        <message>
            <source>On Linux, the kernel module v4l2loopback provides the virtual camera. To install it yourself:</source>
            <translation>Unter Linux stellt das Kernelmodul v4l2loopback die virtuelle Kamera bereit. So installierst du es selbst:</translation>
        </message>
        <message>
            <source>Load it after each reboot (Chrome and Meet need exclusive_caps=1):</source>
            <translation>Lade es nach jedem Neustart (Chrome und Meet brauchen exclusive_caps=1):</translation>
        </message>
        <message>
            <source>With Secure Boot, the module must be signed; otherwise modprobe reports “Key was rejected by service”.</source>
            <translation>Mit Secure Boot muss das Modul signiert sein: modprobe sagt sonst „Key was rejected by service“.</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 26 or newer from obsproject.com.</source>
            <translation>1. Installiere OBS Studio 26 oder neuer von obsproject.com.</translation>
        </message>
        <message>
            <source>2. Start OBS once, click “Start Virtual Camera”, then stop it and close OBS.</source>
            <translation>2. Starte OBS einmal, drücke „Virtuelle Kamera starten“, beende sie wieder und schließe OBS.</translation>
        </message>
        <message>
            <source>3. Return to this page and check again. Only one program can use the OBS camera at a time.</source>
            <translation>3. Komm hierher zurück und suche erneut. Nur ein Programm zugleich kann die OBS-Kamera benutzen.</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 30 or newer in the Applications folder.</source>
            <translation>1. Installiere OBS Studio 30 oder neuer in den Ordner Programme.</translation>
        </message>
        <message>
            <source>2. Start OBS, click “Start Virtual Camera”, and allow its extension in System Settings.</source>
            <translation>2. Starte OBS, drücke „Virtuelle Kamera starten“ und erlaube die Erweiterung in den Systemeinstellungen.</translation>
        </message>
        <message>
            <source>3. Restart the computer, then return to this page and check again.</source>
            <translation>3. Starte den Rechner neu, komm dann hierher zurück und suche erneut.</translation>
        </message>
        <message>
            <source>In the meeting app, select the camera “{}”</source>
            <translation>Wähle im Konferenzprogramm die Kamera „{}“</translation>
        </message>
        <message>
            <source>Start Avatarify first. Restart any meeting app that was already open. If the picture is mirrored there, only the app's own preview is mirrored; others see it correctly.</source>
            <translation>Starte zuerst Avatarify. Starte Konferenzprogramme neu, die schon offen waren. Ist das Bild dort gespiegelt, betrifft das nur die Vorschau des Programms; andere sehen es richtig.</translation>
        </message>
        <message>
            <source>Without a virtual camera: a browser source in OBS</source>
            <translation>Ohne virtuelle Kamera: eine Browserquelle in OBS</translation>
        </message>
        <message>
            <source>Only programs on this computer can open it. In OBS, add a browser source with this address.</source>
            <translation>Nur Programme dieses Rechners können sie öffnen. Füge in OBS eine Browserquelle mit dieser Adresse hinzu.</translation>
        </message>
        <message>
            <source>Send to {}</source>
            <translation>An {} senden</translation>
        </message>
        <message>
            <source>Send color bars to the virtual camera for 30 seconds</source>
            <translation>Sendet 30 Sekunden lang Farbbalken an die virtuelle Kamera</translation>
        </message>
        <message>
            <source>Test pattern</source>
            <translation>Testbild</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Erneut prüfen</translation>
        </message>
        <message>
            <source>Check for virtual cameras again</source>
            <translation>Virtuelle Kameras neu suchen</translation>
        </message>
        <message>
            <source>The virtual camera is ready.</source>
            <translation>Die virtuelle Kamera ist bereit.</translation>
        </message>
        <message>
            <source>No virtual camera found.</source>
            <translation>Keine virtuelle Kamera gefunden.</translation>
        </message>
        <message>
            <source>Stop pattern</source>
            <translation>Testbild beenden</translation>
        </message>
        <message>
            <source>The meeting app should now show color bars with a moving white bar.</source>
            <translation>Im Konferenzprogramm sollten jetzt Farbbalken mit einem wandernden weißen Balken zu sehen sein.</translation>
        </message>
        <message>
            <source>The test pattern was sent to {}.</source>
            <translation>Das Testbild wurde an {} gesendet.</translation>
        </message>
        <message>
            <source>Zoom: Settings → Video → Camera</source>
            <translation>Zoom: Einstellungen → Video → Kamera</translation>
        </message>
        <message>
            <source>Meet: ⋮ → Settings → Video → Camera</source>
            <translation>Meet: ⋮ → Einstellungen → Video → Kamera</translation>
        </message>
        <message>
            <source>Teams: Settings → Devices → Camera</source>
            <translation>Teams: Einstellungen → Geräte → Kamera</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>I agree</source>
            <translation>Einverstanden</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>Use this camera</source>
            <translation>Diese Kamera verwenden</translation>
        </message>
        <message>
            <source>Use this portrait</source>
            <translation>Dieses Porträt verwenden</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Your camera image stays on this computer. Nothing is sent over the network.</source>
            <translation>Dein Kamerabild bleibt auf diesem Rechner. Nichts wird über das Netz gesendet.</translation>
        </message>
        <message>
            <source>Use only faces you have the right to use: your own, works of art, or people who have agreed.</source>
            <translation>Verwende nur Gesichter, die du verwenden darfst: dein eigenes, Kunstwerke oder Menschen, die zugestimmt haben.</translation>
        </message>
        <message>
            <source>The output is marked as an AI avatar. Keep the mark on wherever the output could be taken for real.</source>
            <translation>Die Ausgabe ist als KI-Avatar gekennzeichnet. Lass das Zeichen an, wo sie für echt gehalten werden könnte.</translation>
        </message>
        <message>
            <source>Your own face is never sent unless you ask for it.</source>
            <translation>Dein eigenes Gesicht wird nie gesendet, außer du verlangst es.</translation>
        </message>
        <message>
            <source>Become a painting in your next call</source>
            <translation>Sei ein Gemälde in deinem nächsten Gespräch</translation>
        </message>
        <message>
            <source>Which camera shows you?</source>
            <translation>Welche Kamera zeigt dich?</translation>
        </message>
        <message>
            <source>Choose a portrait on the right, or drop an image on the window. Then look straight ahead for a moment while Avatarify finds your neutral frame.</source>
            <translation>Wähle rechts ein Porträt oder ziehe ein Bild auf das Fenster. Schau dann einen Moment geradeaus, während Avatarify dein neutrales Bild sucht.</translation>
        </message>
        <message>
            <source>Your portrait</source>
            <translation>Dein Porträt</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>Virtuelle Kamera</translation>
        </message>
        <message>
            <source>In your next call</source>
            <translation>In deinem nächsten Anruf</translation>
        </message>
        <message>
            <source>Step {} of {}</source>
            <translation>Schritt {} von {}</translation>
        </message>
        <message>
            <source>Choose a portrait first.</source>
            <translation>Wähle zuerst ein Porträt.</translation>
        </message>
    </context>
    <context>
        <name>Wiring</name>
        <message>
            <source>Avatarify quit unexpectedly last time.</source>
            <translation>Avatarify wurde letztes Mal unerwartet beendet.</translation>
        </message>
        <message>
            <source>The report stays on this computer; you decide whether to share it.</source>
            <translation>Der Bericht bleibt auf diesem Rechner; du entscheidest, ob du ihn teilst.</translation>
        </message>
        <message>
            <source>Nothing was deleted.</source>
            <translation>Es wurde nichts gelöscht.</translation>
        </message>
    </context>
</TS>
