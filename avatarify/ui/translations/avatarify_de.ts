<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>Adjust</name>
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
        <source>Relative</source>
        <translation>Relativ</translation>
    </message>
    <message>
        <source>Absolute</source>
        <translation>Absolut</translation>
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
        <source>Scale movements by the sizes of the two faces</source>
        <translation>Bewegungen nach der Größe beider Gesichter anpassen</translation>
    </message>
    <message>
        <source>Steady a resting face</source>
        <translation>Ruhendes Gesicht beruhigen</translation>
    </message>
    <message>
        <source>Take the tremble out of a face at rest</source>
        <translation>Nimmt einem ruhenden Gesicht das Zittern</translation>
    </message>
    <message>
        <source>Moving on the chair does not move the portrait</source>
        <translation>Auf dem Stuhl rücken bewegt das Porträt nicht</translation>
    </message>
    <message>
        <source>Follow my head</source>
        <translation>Meinem Kopf folgen</translation>
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
        <source>Left and right</source>
        <translation>Links/rechts</translation>
    </message>
    <message>
        <source>Up and down</source>
        <translation>Oben/unten</translation>
    </message>
    <message>
        <source>Mirror the output</source>
        <translation>Ausgabe spiegeln</translation>
    </message>
    <message>
        <source>Flip what the others see left to right</source>
        <translation>Spiegelt, was die anderen sehen</translation>
    </message>
    <message>
        <source>AI avatar badge</source>
        <translation>KI-Avatar-Zeichen</translation>
    </message>
    <message>
        <source>Mark the output as made by a computer</source>
        <translation>Kennzeichnet die Ausgabe als vom Computer erzeugt</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>The portrait's own</source>
        <translation>Der des Porträts</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>Unscharf</translation>
    </message>
    <message>
        <source>One colour</source>
        <translation>Eine Farbe</translation>
    </message>
    <message>
        <source>Choose the background's colour</source>
        <translation>Farbe des Hintergrunds wählen</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Show it to me as a mirror does; the others see no change</source>
        <translation>Zeigt es mir wie ein Spiegel; für die anderen ändert sich nichts</translation>
    </message>
    <message>
        <source>Mirror the preview</source>
        <translation>Vorschau spiegeln</translation>
    </message>
    <message>
        <source>Show what the camera sees in the corner</source>
        <translation>Zeigt in der Ecke, was die Kamera sieht</translation>
    </message>
    <message>
        <source>Camera preview</source>
        <translation>Kameravorschau</translation>
    </message>
    <message>
        <source>Show the camera as large as the output; only you see it</source>
        <translation>Zeigt die Kamera so groß wie die Ausgabe; nur du siehst sie</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Draw the points of my face into the camera preview</source>
        <translation>Zeichnet die Punkte meines Gesichts in die Kameravorschau</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Gesichtspunkte</translation>
    </message>
    <message>
        <source>Portrait over me</source>
        <translation>Porträt über mir</translation>
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
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Change …</source>
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
        <source>Preset of this portrait</source>
        <translation>Voreinstellung dieses Porträts</translation>
    </message>
    <message>
        <source>Motion and picture come back whenever this portrait is chosen</source>
        <translation>Bewegung und Bild kommen wieder, wenn dieses Porträt gewählt wird</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Go back to the usual settings</source>
        <translation>Zurück zu den üblichen Einstellungen</translation>
    </message>
</context>
<context>
    <name>AppState</name>
    <message>
        <source>Demo clip</source>
        <translation>Demofilm</translation>
    </message>
    <message>
        <source>Preview only</source>
        <translation>Nur Vorschau</translation>
    </message>
    <message>
        <source>Virtual camera ({})</source>
        <translation>Virtuelle Kamera ({})</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>nicht installiert</translation>
    </message>
    <message>
        <source>Page for OBS: {}</source>
        <translation>Seite für OBS: {}</translation>
    </message>
</context>
<context>
    <name>CameraChooser</name>
    <message>
        <source>Cameras</source>
        <translation>Kameras</translation>
    </message>
    <message>
        <source>{} (no picture)</source>
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
        <source>Which camera sees you?</source>
        <translation>Welche Kamera sieht dich?</translation>
    </message>
    <message>
        <source>Pictures come when the session is stopped.</source>
        <translation>Bilder kommen, wenn die Sitzung beendet ist.</translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>Camera: what Avatarify sees</source>
        <translation>Kamera: was Avatarify sieht</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
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
        <source>Search for the best frame</source>
        <translation>Bestes Bild suchen</translation>
    </message>
    <message>
        <source>Freeze the picture</source>
        <translation>Bild einfrieren</translation>
    </message>
    <message>
        <source>Show my own face</source>
        <translation>Mein eigenes Gesicht zeigen</translation>
    </message>
    <message>
        <source>Take a snapshot</source>
        <translation>Schnappschuss machen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Send to the virtual camera</source>
        <translation>An die virtuelle Kamera senden</translation>
    </message>
    <message>
        <source>Choose a camera …</source>
        <translation>Kamera wählen …</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
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
        <source>Any portrait</source>
        <translation>Irgendein Porträt</translation>
    </message>
    <message>
        <source>Add a portrait …</source>
        <translation>Porträt hinzufügen …</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>Bild einfügen</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Undo delete</source>
        <translation>Löschen rückgängig machen</translation>
    </message>
    <message>
        <source>Look for portraits again</source>
        <translation>Porträts neu suchen</translation>
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
        <source>Look further up</source>
        <translation>Weiter nach oben</translation>
    </message>
    <message>
        <source>Look further left</source>
        <translation>Weiter nach links</translation>
    </message>
    <message>
        <source>Look further down</source>
        <translation>Weiter nach unten</translation>
    </message>
    <message>
        <source>Look further right</source>
        <translation>Weiter nach rechts</translation>
    </message>
    <message>
        <source>Mirror the output</source>
        <translation>Ausgabe spiegeln</translation>
    </message>
    <message>
        <source>Follow my head</source>
        <translation>Meinem Kopf folgen</translation>
    </message>
    <message>
        <source>Mirror the preview</source>
        <translation>Vorschau spiegeln</translation>
    </message>
    <message>
        <source>Lay less of the portrait over me</source>
        <translation>Porträt schwächer über mich legen</translation>
    </message>
    <message>
        <source>Lay more of the portrait over me</source>
        <translation>Porträt stärker über mich legen</translation>
    </message>
    <message>
        <source>Figures in the preview</source>
        <translation>Zahlen in der Vorschau</translation>
    </message>
    <message>
        <source>Landmarks of my face</source>
        <translation>Punkte meines Gesichts</translation>
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
        <source>See how it works …</source>
        <translation>So funktioniert es …</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Virtual camera …</source>
        <translation>Virtuelle Kamera …</translation>
    </message>
    <message>
        <source>Engines …</source>
        <translation>Engines …</translation>
    </message>
    <message>
        <source>Diagnostics …</source>
        <translation>Diagnose …</translation>
    </message>
    <message>
        <source>Preferences …</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Keys …</source>
        <translation>Tasten …</translation>
    </message>
    <message>
        <source>Privacy …</source>
        <translation>Datenschutz …</translation>
    </message>
    <message>
        <source>Portrait {}</source>
        <translation>Porträt {}</translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>Size and rate of the output change at the next start.</source>
        <translation>Größe und Bildrate der Ausgabe ändern sich beim nächsten Start.</translation>
    </message>
    <message>
        <source>Meeting programs show garbage when they change under them.</source>
        <translation>Konferenzprogramme zeigen Unsinn, wenn sich beides währenddessen ändert.</translation>
    </message>
    <message>
        <source>Your neutral face is far from rest ({} %).</source>
        <translation>Dein neutrales Gesicht ist weit von der Ruhe entfernt ({} %).</translation>
    </message>
    <message>
        <source>Look straight ahead with your mouth closed and eyes open.</source>
        <translation>Schau geradeaus, Mund geschlossen, Augen offen.</translation>
    </message>
    <message>
        <source>The recording is {}.</source>
        <translation>Die Aufnahme ist {}.</translation>
    </message>
    <message>
        <source>The snapshot is {}.</source>
        <translation>Der Schnappschuss ist {}.</translation>
    </message>
</context>
<context>
    <name>CropDialog</name>
    <message>
        <source>Add a portrait</source>
        <translation>Porträt hinzufügen</translation>
    </message>
    <message>
        <source>Looking for faces …</source>
        <translation>Suche Gesichter …</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>I may use this face: it is mine, a work of art, or the person agreed.</source>
        <translation>Ich darf dieses Gesicht verwenden: Es ist meines, ein Kunstwerk, oder die Person hat zugestimmt.</translation>
    </message>
    <message>
        <source>No face was found. Use a picture that shows a face from the front.</source>
        <translation>Kein Gesicht gefunden. Nimm ein Bild, das ein Gesicht von vorn zeigt.</translation>
    </message>
    <message>
        <source>{} faces: click the one to use.</source>
        <translation>{} Gesichter: Klicke das gewünschte an.</translation>
    </message>
    <message>
        <source>The face is small: the portrait will look soft.</source>
        <translation>Das Gesicht ist klein: Das Porträt wird unscharf.</translation>
    </message>
    <message>
        <source>One face was found.</source>
        <translation>Ein Gesicht gefunden.</translation>
    </message>
    <message>
        <source>The whole picture's</source>
        <translation>Die des ganzen Bildes</translation>
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
        <source>&amp;Shape</source>
        <translation>&amp;Form</translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation>&amp;Zoom</translation>
    </message>
    <message>
        <source>&amp;Turn</source>
        <translation>&amp;Drehen</translation>
    </message>
    <message>
        <source>Turn by 90°</source>
        <translation>Um 90° drehen</translation>
    </message>
    <message>
        <source>Turn the picture a quarter clockwise</source>
        <translation>Bild um ein Viertel im Uhrzeigersinn drehen</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message>
        <source>Show all of the picture</source>
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
        <source>Part of the picture</source>
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
        <source>Look for cameras again</source>
        <translation>Kameras neu suchen</translation>
    </message>
    <message>
        <source>Choose a camera by its picture</source>
        <translation>Kamera nach ihrem Bild wählen</translation>
    </message>
    <message>
        <source>Let Zoom, Meet and Teams see the portrait as a camera</source>
        <translation>Zoom, Meet und Teams sehen das Porträt als Kamera</translation>
    </message>
    <message>
        <source>Virtual camera</source>
        <translation>Virtuelle Kamera</translation>
    </message>
    <message>
        <source>Set up …</source>
        <translation>Einrichten …</translation>
    </message>
    <message>
        <source>How to get a virtual camera, and how to choose it</source>
        <translation>Wie man eine virtuelle Kamera bekommt und auswählt</translation>
    </message>
    <message>
        <source>&amp;Camera</source>
        <translation>&amp;Kamera</translation>
    </message>
    <message>
        <source>There is no virtual camera yet; only you see the picture.</source>
        <translation>Noch keine virtuelle Kamera; nur du siehst das Bild.</translation>
    </message>
    <message>
        <source>Looking for a virtual camera …</source>
        <translation>Suche eine virtuelle Kamera …</translation>
    </message>
    <message>
        <source>Only you see the picture.</source>
        <translation>Nur du siehst das Bild.</translation>
    </message>
</context>
<context>
    <name>DiagnosticsPage</name>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Looking at everything …</source>
        <translation>Prüfe alles …</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>A live session cannot run here yet.</source>
        <translation>Hier kann noch keine Live-Sitzung laufen.</translation>
    </message>
    <message>
        <source>A live session can run here.</source>
        <translation>Hier kann eine Live-Sitzung laufen.</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}: {}</translation>
    </message>
    <message>
        <source>Reports of what went wrong</source>
        <translation>Berichte über Fehler</translation>
    </message>
    <message>
        <source>They stay on this machine. You decide whether to show one to somebody.</source>
        <translation>Sie bleiben auf diesem Rechner. Du entscheidest, ob du einen davon jemandem zeigst.</translation>
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
        <source>Show the report</source>
        <translation>Bericht anzeigen</translation>
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
    <name>Engines</name>
    <message>
        <source>{} is not installed</source>
        <translation>{} ist nicht installiert</translation>
    </message>
    <message>
        <source>the package {} is not installed</source>
        <translation>das Paket {} ist nicht installiert</translation>
    </message>
    <message>
        <source>The package cuda-python is not installed.</source>
        <translation>Das Paket cuda-python ist nicht installiert.</translation>
    </message>
    <message>
        <source>it builds for the GPU that it runs on, and no NVIDIA driver answers</source>
        <translation>es baut für die GPU, auf der es läuft, und kein NVIDIA-Treiber antwortet</translation>
    </message>
    <message>
        <source>this build of ONNX Runtime does not have it</source>
        <translation>diese ONNX Runtime enthält es nicht</translation>
    </message>
    <message>
        <source>torch {} is a CPU build although an NVIDIA GPU is here</source>
        <translation>torch {} ist für die CPU gebaut, obwohl hier eine NVIDIA-GPU ist</translation>
    </message>
    <message>
        <source>torch sees no CUDA device.</source>
        <translation>torch sieht kein CUDA-Gerät.</translation>
    </message>
    <message>
        <source>This ONNX Runtime has no {}.</source>
        <translation>Diese ONNX Runtime hat kein {}.</translation>
    </message>
    <message>
        <source>No NVIDIA driver answers: {}</source>
        <translation>Kein NVIDIA-Treiber antwortet: {}</translation>
    </message>
    <message>
        <source>{} cannot be used: {}.</source>
        <translation>{} kann nicht verwendet werden: {}.</translation>
    </message>
    <message>
        <source>Nothing is built for {}: {}.</source>
        <translation>Für {} wird nichts gebaut: {}.</translation>
    </message>
    <message>
        <source>{} threads</source>
        <translation>{} Threads</translation>
    </message>
    <message>
        <source>decoder in {}</source>
        <translation>Decoder in {}</translation>
    </message>
    <message>
        <source>The engine {}</source>
        <translation>Die Engine {}</translation>
    </message>
    <message>
        <source>The engine {} {} of '{}'</source>
        <translation>Die Engine {} {} von „{}“</translation>
    </message>
    <message>
        <source>{} of '{}' for {} {}</source>
        <translation>{} von „{}“ für {} {}</translation>
    </message>
    <message>
        <source>{} for '{}'</source>
        <translation>{} für „{}“</translation>
    </message>
    <message>
        <source>{} is not built yet</source>
        <translation>{} ist noch nicht gebaut</translation>
    </message>
    <message>
        <source>{} has no manifest that can be read</source>
        <translation>{} hat kein lesbares Manifest</translation>
    </message>
    <message>
        <source>{} is cut short</source>
        <translation>{} ist unvollständig</translation>
    </message>
    <message>
        <source>{} has grown</source>
        <translation>{} ist zu lang</translation>
    </message>
    <message>
        <source>{} is damaged: its SHA-256 is not its manifest's</source>
        <translation>{} ist beschädigt: SHA-256 ist nicht der des Manifests</translation>
    </message>
    <message>
        <source>{} was built by {}, here is {}</source>
        <translation>{} wurde mit {} gebaut, hier ist {}</translation>
    </message>
    <message>
        <source>{} was built for {}, here is {}</source>
        <translation>{} wurde für {} gebaut, hier ist {}</translation>
    </message>
    <message>
        <source>{} was built with other settings</source>
        <translation>{} wurde mit anderen Einstellungen gebaut</translation>
    </message>
    <message>
        <source>{} was built from another graph</source>
        <translation>{} wurde aus einem anderen Graphen gebaut</translation>
    </message>
    <message>
        <source>{} has a manifest of another form</source>
        <translation>{} hat ein Manifest anderer Form</translation>
    </message>
    <message>
        <source>{} This is being done in the background; start again in a minute</source>
        <translation>{} Das geschieht gerade im Hintergrund; starte in einer Minute erneut</translation>
    </message>
    <message>
        <source>{} is refused: {}.</source>
        <translation>{} wird abgelehnt: {}.</translation>
    </message>
    <message>
        <source>key points differ by {} (limit {})</source>
        <translation>Schlüsselpunkte weichen um {} ab (Grenze {})</translation>
    </message>
    <message>
        <source>pictures differ by {}/255 on the mean (limit {}/255)</source>
        <translation>Bilder weichen im Mittel um {}/255 ab (Grenze {}/255)</translation>
    </message>
    <message>
        <source>the motion differs by {} on the mean (limit {})</source>
        <translation>die Bewegung weicht im Mittel um {} ab (Grenze {})</translation>
    </message>
    <message>
        <source>not compared: no NVIDIA driver answers here; it is done at the first start on a GPU</source>
        <translation>nicht verglichen: Hier antwortet kein NVIDIA-Treiber; das geschieht beim ersten Start auf einer GPU</translation>
    </message>
    <message>
        <source>another process builds it, waiting</source>
        <translation>ein anderer Prozess baut sie, warte</translation>
    </message>
    <message>
        <source>waiting for another process</source>
        <translation>warte auf einen anderen Prozess</translation>
    </message>
    <message>
        <source>reading the weights</source>
        <translation>lese die Gewichte</translation>
    </message>
    <message>
        <source>writing {} as ONNX</source>
        <translation>schreibe {} als ONNX</translation>
    </message>
    <message>
        <source>running the reference on real frames</source>
        <translation>rechne die Referenz mit echten Bildern</translation>
    </message>
    <message>
        <source>starting the builder</source>
        <translation>starte den Bau</translation>
    </message>
    <message>
        <source>compiling</source>
        <translation>übersetze</translation>
    </message>
    <message>
        <source>once more, with warps kept apart</source>
        <translation>noch einmal, mit getrennten Verzerrungen</translation>
    </message>
    <message>
        <source>comparing {} with torch</source>
        <translation>vergleiche {} mit torch</translation>
    </message>
    <message>
        <source>{} cannot build {}: {}</source>
        <translation>{} kann {} nicht bauen: {}</translation>
    </message>
    <message>
        <source>The graph {} is not valid ONNX: {}</source>
        <translation>Der Graph {} ist kein gültiges ONNX: {}</translation>
    </message>
    <message>
        <source>The graph {} cannot be written as ONNX: {}</source>
        <translation>Der Graph {} kann nicht als ONNX geschrieben werden: {}</translation>
    </message>
    <message>
        <source>{} has no warp behind which it could be cut.</source>
        <translation>{} hat keine Verzerrung, hinter der man trennen könnte.</translation>
    </message>
    <message>
        <source>This version of TensorRT-RTX, {}, does not build for compute capability {}.</source>
        <translation>Diese Version von TensorRT-RTX, {}, baut nicht für Compute Capability {}.</translation>
    </message>
    <message>
        <source>Float16 engines need ONNX Runtime's converter.</source>
        <translation>Engines in float16 brauchen den Konverter von ONNX Runtime.</translation>
    </message>
    <message>
        <source>Another process has been holding {} for 15 minutes.</source>
        <translation>Ein anderer Prozess hält {} seit 15 Minuten fest.</translation>
    </message>
    <message>
        <source>The folder {} cannot be written: {}.</source>
        <translation>In den Ordner {} kann nicht geschrieben werden: {}.</translation>
    </message>
    <message>
        <source>The reference {} cannot be read: {}.</source>
        <translation>Die Referenz {} kann nicht gelesen werden: {}.</translation>
    </message>
    <message>
        <source>The recipe {} cannot be read: {}.</source>
        <translation>Das Rezept {} kann nicht gelesen werden: {}.</translation>
    </message>
    <message>
        <source>The demo clip shows too few faces.</source>
        <translation>Der Demofilm zeigt zu wenige Gesichter.</translation>
    </message>
    <message>
        <source>There is no graph '{}'.</source>
        <translation>Es gibt keinen Graphen „{}“.</translation>
    </message>
    <message>
        <source>The model's graph gives no {}.</source>
        <translation>Der Graph des Modells liefert kein {}.</translation>
    </message>
    <message>
        <source>{} could not run '{}': {}</source>
        <translation>{} konnte „{}“ nicht ausführen: {}</translation>
    </message>
    <message>
        <source>OpenVINO cannot compile the model: {}</source>
        <translation>OpenVINO kann das Modell nicht übersetzen: {}</translation>
    </message>
    <message>
        <source>ONNX Runtime cannot open {}: {}</source>
        <translation>ONNX Runtime kann {} nicht öffnen: {}</translation>
    </message>
    <message>
        <source>{} does not take the engine {}: {}</source>
        <translation>{} nimmt die Engine {} nicht an: {}</translation>
    </message>
    <message>
        <source>it gave no reason</source>
        <translation>ohne Angabe eines Grundes</translation>
    </message>
    <message>
        <source>{} cannot execute {}: {}</source>
        <translation>{} kann {} nicht ausführen: {}</translation>
    </message>
    <message>
        <source>{} MB of GPU memory cannot be had</source>
        <translation>{} MB GPU-Speicher sind nicht zu haben</translation>
    </message>
    <message>
        <source>See 'avatarify doctor'.</source>
        <translation>Öffne die Diagnose im Menü Hilfe.</translation>
    </message>
    <message>
        <source>Run 'avatarify doctor' to learn why.</source>
        <translation>Die Diagnose im Menü Hilfe sagt, warum.</translation>
    </message>
    <message>
        <source>Run 'avatarify doctor', or avatarify build-engines --target {} --force</source>
        <translation>Öffne die Diagnose im Menü Hilfe oder führe aus: avatarify build-engines --target {} --force</translation>
    </message>
    <message>
        <source>Build it again with --precision fp32, or report this.</source>
        <translation>Baue sie neu: avatarify build-engines --precision fp32, oder melde es.</translation>
    </message>
    <message>
        <source>Build the engines again.</source>
        <translation>Baue die Engines neu.</translation>
    </message>
    <message>
        <source>Make it writable, free some space, or name another: --out or AVATARIFY_CACHE.</source>
        <translation>Mache ihn beschreibbar oder schaffe Platz.</translation>
    </message>
    <message>
        <source>End it, and start again.</source>
        <translation>Beende ihn und starte neu.</translation>
    </message>
    <message>
        <source>Delete it; it is made again.</source>
        <translation>Lösche sie; sie wird neu gemacht.</translation>
    </message>
    <message>
        <source>Report this with the whole message.</source>
        <translation>Melde das mit der ganzen Meldung.</translation>
    </message>
    <message>
        <source>Report this.</source>
        <translation>Melde das.</translation>
    </message>
    <message>
        <source>Use --precision fp32.</source>
        <translation>Baue mit: avatarify build-engines --precision fp32</translation>
    </message>
    <message>
        <source>Run: pip install onnxruntime, or use --precision fp32.</source>
        <translation>Führe aus: pip install onnxruntime</translation>
    </message>
    <message>
        <source>Leave it out of --compute-capability, or install a newer version.</source>
        <translation>Installiere eine neuere Version.</translation>
    </message>
    <message>
        <source>Use --runtime torch.</source>
        <translation>Wähle in den Einstellungen die Laufzeitumgebung torch.</translation>
    </message>
    <message>
        <source>Close other programs.</source>
        <translation>Schließe andere Programme.</translation>
    </message>
</context>
<context>
    <name>EnginesPage</name>
    <message>
        <source>keypoints {}</source>
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
        <source>An engine is a model made ready for one processor: it starts and runs faster. Avatarify works without. What was built is compared with the reference before it is used.</source>
        <translation>Eine Engine ist ein Modell, das für einen Prozessor vorbereitet ist: Es startet und läuft schneller. Avatarify kommt ohne aus. Was gebaut wurde, wird vor dem Gebrauch mit der Referenz verglichen.</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Beendet …</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Progress of the build</source>
        <translation>Fortschritt des Baus</translation>
    </message>
    <message>
        <source>Stop the build; what is finished is kept</source>
        <translation>Den Bau abbrechen; Fertiges bleibt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>about {} s left</source>
        <translation>noch etwa {} s</translation>
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
    <name>FileDrop</name>
    <message>
        <source>Drop the picture to add it</source>
        <translation>Bild loslassen, um es hinzuzufügen</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>packages</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>runtime</source>
        <translation>Laufzeitumgebung</translation>
    </message>
    <message>
        <source>graphics card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>TensorRT</source>
        <translation>TensorRT</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>virtual camera</source>
        <translation>Virtuelle Kamera</translation>
    </message>
    <message>
        <source>{} is not tested.</source>
        <translation>{} ist nicht getestet.</translation>
    </message>
    <message>
        <source>Use Python 3.11, 3.12 or 3.13.</source>
        <translation>Nimm Python 3.11, 3.12 oder 3.13.</translation>
    </message>
    <message>
        <source>Missing: {}.</source>
        <translation>Es fehlen: {}.</translation>
    </message>
    <message>
        <source>all {} are installed</source>
        <translation>alle {} sind installiert</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>{} MB, and a live session of the built-in model needs {} MB.</source>
        <translation>{} MB, und eine Live-Sitzung mit dem eingebauten Modell braucht {} MB.</translation>
    </message>
    <message>
        <source>Use a machine with more memory.</source>
        <translation>Nimm einen Rechner mit mehr Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>{} MB are enough for the built-in model, not for the full one.</source>
        <translation>{} MB reichen für das eingebaute Modell, nicht für das volle.</translation>
    </message>
    <message>
        <source>Close other programs before a call.</source>
        <translation>Schließe vor einem Anruf andere Programme.</translation>
    </message>
    <message>
        <source>Qt lacks system libraries: {}.</source>
        <translation>Qt fehlen Systembibliotheken: {}.</translation>
    </message>
    <message>
        <source>There is no screen.</source>
        <translation>Es gibt keinen Bildschirm.</translation>
    </message>
    <message>
        <source>Use 'avatarify run', which needs none.</source>
        <translation>Nimm „avatarify run“, das keinen braucht.</translation>
    </message>
    <message>
        <source>the desktop app can open</source>
        <translation>die Desktop-App lässt sich öffnen</translation>
    </message>
    <message>
        <source>Make it writable, or set AVATARIFY_CACHE, _DATA and _CONFIG.</source>
        <translation>Mache ihn beschreibbar oder setze AVATARIFY_CACHE, _DATA und _CONFIG.</translation>
    </message>
    <message>
        <source>Only {} MB are free in {}.</source>
        <translation>Nur {} MB sind frei in {}.</translation>
    </message>
    <message>
        <source>Free some space.</source>
        <translation>Schaffe Platz.</translation>
    </message>
    <message>
        <source>writable, {} GB free in {}</source>
        <translation>beschreibbar, {} GB frei in {}</translation>
    </message>
    <message>
        <source>Install avatarify again.</source>
        <translation>Installiere Avatarify neu.</translation>
    </message>
    <message>
        <source>Import or download the model again.</source>
        <translation>Importiere das Modell neu oder lade es noch einmal herunter.</translation>
    </message>
    <message>
        <source>the built-in model is whole</source>
        <translation>das eingebaute Modell ist vollständig</translation>
    </message>
    <message>
        <source>{} (compute capability {}, driver for CUDA {})</source>
        <translation>{} (Compute Capability {}, Treiber für CUDA {})</translation>
    </message>
    <message>
        <source>no NVIDIA driver answers</source>
        <translation>kein NVIDIA-Treiber antwortet</translation>
    </message>
    <message>
        <source>no NVIDIA driver answers; {} of ONNX Runtime is used</source>
        <translation>kein NVIDIA-Treiber antwortet; {} von ONNX Runtime wird verwendet</translation>
    </message>
    <message>
        <source>no NVIDIA driver answers; the built-in model runs on the CPU</source>
        <translation>kein NVIDIA-Treiber antwortet; das eingebaute Modell läuft auf der CPU</translation>
    </message>
    <message>
        <source>{} has {} MB of memory, and {} MB are needed</source>
        <translation>{} hat {} MB Speicher, nötig sind {} MB</translation>
    </message>
    <message>
        <source>{}: the CPU is used.</source>
        <translation>{}: Die CPU wird verwendet.</translation>
    </message>
    <message>
        <source>Close programs that use it, or use another GPU.</source>
        <translation>Schließe Programme, die sie benutzen, oder nimm eine andere GPU.</translation>
    </message>
    <message>
        <source>{}; {} can use it</source>
        <translation>{}; verwendbar durch {}</translation>
    </message>
    <message>
        <source>{} stays unused: {}.</source>
        <translation>{} bleibt ungenutzt: {}.</translation>
    </message>
    <message>
        <source>{} stays unused and everything runs on the CPU: torch {} is a CPU build, and TensorRT cannot be used, {}.</source>
        <translation>{} bleibt ungenutzt und alles läuft auf der CPU: torch {} ist für die CPU gebaut, und TensorRT ist nicht verwendbar, {}.</translation>
    </message>
    <message>
        <source>Then run: {}</source>
        <translation>Führe dann aus: {}</translation>
    </message>
    <message>
        <source>Install NVIDIA's driver {} or newer (Ubuntu: sudo ubuntu-drivers install), and restart.</source>
        <translation>Installiere NVIDIAs Treiber {} oder neuer (Ubuntu: sudo ubuntu-drivers install) und starte den Rechner neu.</translation>
    </message>
    <message>
        <source>Install NVIDIA's driver {} or newer from nvidia.com/drivers, and restart.</source>
        <translation>Installiere NVIDIAs Treiber {} oder neuer von nvidia.com/drivers und starte den Rechner neu.</translation>
    </message>
    <message>
        <source>not used, there is no NVIDIA GPU ({}). {}</source>
        <translation>nicht verwendet, hier ist keine NVIDIA-GPU ({}). {}</translation>
    </message>
    <message>
        <source>tensorrt-rtx is installed</source>
        <translation>tensorrt-rtx ist installiert</translation>
    </message>
    <message>
        <source>tensorrt-rtx is not installed</source>
        <translation>tensorrt-rtx ist nicht installiert</translation>
    </message>
    <message>
        <source>It would need: an NVIDIA GPU of compute capability 7.5 or newer (RTX 20 series, GTX 16 series) with {} MB of memory; a driver for CUDA {} (version {} or newer); and: {}</source>
        <translation>Nötig wären: eine NVIDIA-GPU mit Compute Capability 7.5 oder neuer (RTX-20-Serie, GTX-16-Serie) und {} MB Speicher; ein Treiber für CUDA {} (Version {} oder neuer); und: {}</translation>
    </message>
    <message>
        <source>{} can be used (engines are made by: avatarify build-engines)</source>
        <translation>{} ist verwendbar (Engines baut: avatarify build-engines)</translation>
    </message>
    <message>
        <source>the package is not installed</source>
        <translation>das Paket ist nicht installiert</translation>
    </message>
    <message>
        <source>the NVIDIA driver runs CUDA {}, and {} is needed (driver {} or newer)</source>
        <translation>der NVIDIA-Treiber kann CUDA {}, nötig ist {} (Treiber {} oder neuer)</translation>
    </message>
    <message>
        <source>{} has compute capability {}, and it serves {}</source>
        <translation>{} hat Compute Capability {}, unterstützt werden {}</translation>
    </message>
    <message>
        <source>{} has compute capability {}, and 7.5 (Turing) is the least</source>
        <translation>{} hat Compute Capability {}, mindestens nötig ist 7.5 (Turing)</translation>
    </message>
    <message>
        <source>The system's settings forbid Avatarify to use cameras.</source>
        <translation>Die Systemeinstellungen verbieten Avatarify die Kameras.</translation>
    </message>
    <message>
        <source>{}; one is in use by {}.</source>
        <translation>{}; eine wird von {} benutzt.</translation>
    </message>
    <message>
        <source>in use by {}</source>
        <translation>benutzt von {}</translation>
    </message>
    <message>
        <source>Close {} before a call: most cameras serve one program at a time.</source>
        <translation>Schließe {} vor einem Anruf: Die meisten Kameras dienen nur einem Programm zugleich.</translation>
    </message>
    <message>
        <source>No permission for {}.</source>
        <translation>Keine Berechtigung für {}.</translation>
    </message>
    <message>
        <source>Cameras cannot be listed ({}).</source>
        <translation>Kameras können nicht aufgelistet werden ({}).</translation>
    </message>
    <message>
        <source>Run: pip install --force-reinstall cv2-enumerate-cameras; {}</source>
        <translation>Führe aus: pip install --force-reinstall cv2-enumerate-cameras; {}</translation>
    </message>
    <message>
        <source>'--camera demo' works without.</source>
        <translation>der Demofilm geht auch ohne.</translation>
    </message>
    <message>
        <source>Only {}, where Avatarify's own pictures go.</source>
        <translation>Nur {}, wohin Avatarifys eigene Bilder gehen.</translation>
    </message>
    <message>
        <source>Connect a camera that sees you; {}</source>
        <translation>Schließe eine Kamera an, die dich sieht; {}</translation>
    </message>
    <message>
        <source>None is connected.</source>
        <translation>Keine ist angeschlossen.</translation>
    </message>
    <message>
        <source>Connect one; {}</source>
        <translation>Schließe eine an; {}</translation>
    </message>
    <message>
        <source>There is none for this system.</source>
        <translation>Für dieses System gibt es keine.</translation>
    </message>
    <message>
        <source>Use '--sink mjpeg' and a browser source in OBS.</source>
        <translation>Sende an die Seite für OBS und nimm dort eine Browserquelle.</translation>
    </message>
    <message>
        <source>v4l2loopback is loaded without a device.</source>
        <translation>v4l2loopback ist ohne Gerät geladen.</translation>
    </message>
    <message>
        <source>v4l2loopback is not loaded, and Secure Boot loads signed modules only.</source>
        <translation>v4l2loopback ist nicht geladen, und Secure Boot lädt nur signierte Module.</translation>
    </message>
    <message>
        <source>Run: sudo mokutil --import {}, {}; then: {}</source>
        <translation>Führe aus: sudo mokutil --import {}, {}; dann: {}</translation>
    </message>
    <message>
        <source>restart, and choose 'Enroll MOK' on the blue screen</source>
        <translation>starte den Rechner neu und wähle auf dem blauen Bildschirm „Enroll MOK“</translation>
    </message>
    <message>
        <source>v4l2loopback is installed but not loaded.</source>
        <translation>v4l2loopback ist installiert, aber nicht geladen.</translation>
    </message>
    <message>
        <source>v4l2loopback is not built for the kernel {}: its headers are missing.</source>
        <translation>v4l2loopback ist nicht für den Kernel {} gebaut: Dessen Header fehlen.</translation>
    </message>
    <message>
        <source>Install it by your system's means; then: {}</source>
        <translation>Installiere es mit den Mitteln deines Systems; dann: {}</translation>
    </message>
    <message>
        <source>{}, without exclusive_caps: Chrome and Meet do not list it.</source>
        <translation>{}, ohne exclusive_caps: Chrome und Meet führen sie nicht auf.</translation>
    </message>
    <message>
        <source>{}: Zoom does not see so high a number.</source>
        <translation>{}: Eine so hohe Nummer sieht Zoom nicht.</translation>
    </message>
    <message>
        <source>Load v4l2loopback with a low video_nr.</source>
        <translation>Lade v4l2loopback mit einer kleinen video_nr.</translation>
    </message>
    <message>
        <source>The camera extension of OBS is not approved.</source>
        <translation>Die Kameraerweiterung von OBS ist nicht erlaubt.</translation>
    </message>
    <message>
        <source>Allow it: {}; then restart.</source>
        <translation>Erlaube sie: {}; starte dann den Rechner neu.</translation>
    </message>
    <message>
        <source>System Settings → General → Login Items &amp; Extensions → Camera Extensions</source>
        <translation>Systemeinstellungen → Allgemein → Anmeldeobjekte &amp; Erweiterungen → Kameraerweiterungen</translation>
    </message>
    <message>
        <source>The virtual camera of OBS was never started.</source>
        <translation>Die virtuelle Kamera von OBS wurde noch nie gestartet.</translation>
    </message>
    <message>
        <source>Choose a name that 'avatarify devices' shows.</source>
        <translation>Wähle eine der angebotenen virtuellen Kameras.</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the portraits</source>
        <translation>Porträts durchsuchen</translation>
    </message>
    <message>
        <source>Add a picture with a face; it can also be dropped on the window or pasted</source>
        <translation>Bild mit einem Gesicht hinzufügen; es kann auch auf das Fenster gezogen oder eingefügt werden</translation>
    </message>
    <message>
        <source>Add …</source>
        <translation>Neu …</translation>
    </message>
    <message>
        <source>Add a portrait</source>
        <translation>Porträt hinzufügen</translation>
    </message>
    <message>
        <source>No portrait has this name.</source>
        <translation>Kein Porträt heißt so.</translation>
    </message>
    <message>
        <source>{}, key {}</source>
        <translation>{}, Taste {}</translation>
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
        <source>Keys</source>
        <translation>Tasten</translation>
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
        <source>Show the report</source>
        <translation>Bericht anzeigen</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>Jetzt neu starten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Set up …</source>
        <translation>Einrichten …</translation>
    </message>
</context>
<context>
    <name>HotKeys</name>
    <message>
        <source>Wayland lets no program hear the keys of another one. An X11 session does.</source>
        <translation>Wayland lässt kein Programm die Tasten eines anderen hören. Eine X11-Sitzung erlaubt es.</translation>
    </message>
    <message>
        <source>There are no such keys on this system yet.</source>
        <translation>Auf diesem System gibt es solche Tasten noch nicht.</translation>
    </message>
    <message>
        <source>Another program has the key {}.</source>
        <translation>Ein anderes Programm hat die Taste {}.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Wähle eine andere.</translation>
    </message>
    <message>
        <source>{} cannot be used.</source>
        <translation>{} kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>{} alone would be taken from every other program. Add Ctrl, Alt or Meta.</source>
        <translation>{} allein ginge allen anderen Programmen verloren. Nimm Strg, Alt oder Meta dazu.</translation>
    </message>
    <message>
        <source>{} already means “{}”.</source>
        <translation>{} bedeutet schon „{}“.</translation>
    </message>
</context>
<context>
    <name>InsightPage</name>
    <message>
        <source>See how it works</source>
        <translation>So funktioniert es</translation>
    </message>
    <message>
        <source>Start a session: here you see how each frame of it comes about.</source>
        <translation>Starte eine Sitzung: Hier siehst du, wie jedes ihrer Bilder entsteht.</translation>
    </message>
    <message>
        <source>Your key points</source>
        <translation>Deine Schlüsselpunkte</translation>
    </message>
    <message>
        <source>Where the model sees the parts of your face.</source>
        <translation>Wo das Modell die Teile deines Gesichts sieht.</translation>
    </message>
    <message>
        <source>The portrait, bent</source>
        <translation>Das Porträt, verbogen</translation>
    </message>
    <message>
        <source>Its own key points, moved as yours moved since your neutral face.</source>
        <translation>Seine eigenen Schlüsselpunkte, bewegt wie deine seit deinem neutralen Gesicht.</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Fluss</translation>
    </message>
    <message>
        <source>From where each pixel is taken: colour is the direction, white is still.</source>
        <translation>Woher jeder Bildpunkt genommen wird: Die Farbe ist die Richtung, Weiß steht still.</translation>
    </message>
    <message>
        <source>Kept and painted</source>
        <translation>Behalten und gemalt</translation>
    </message>
    <message>
        <source>White: the bent portrait is shown. Black: the network paints what the portrait hides.</source>
        <translation>Weiß: Das verbogene Porträt ist zu sehen. Schwarz: Das Netz malt, was das Porträt verbirgt.</translation>
    </message>
    <message>
        <source>Shown only here, in this window: nothing of it goes out.</source>
        <translation>Nur hier in diesem Fenster zu sehen: Nichts davon geht hinaus.</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Click a key and press another one to change it. Numbers choose portraits.</source>
        <translation>Klicke eine Taste an und drücke eine andere, um sie zu ändern. Zahlen wählen Porträts.</translation>
    </message>
    <message>
        <source>Usual keys</source>
        <translation>Übliche Tasten</translation>
    </message>
    <message>
        <source>In the window</source>
        <translation>Im Fenster</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Give every command its usual key again</source>
        <translation>Jedem Befehl wieder die übliche Taste geben</translation>
    </message>
    <message>
        <source>These keys work while another program has the focus. None is set until you choose it.</source>
        <translation>Diese Tasten wirken auch, während ein anderes Programm vorn ist. Es gibt keine, bis du sie wählst.</translation>
    </message>
    <message>
        <source>{} already means “{}”.</source>
        <translation>{} bedeutet schon „{}“.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
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
    <name>Messages</name>
    <message>
        <source>{}.</source>
        <translation>{}.</translation>
    </message>
    <message>
        <source>The camera {} did not answer within {} s.</source>
        <translation>Die Kamera {} hat {} s lang nicht geantwortet.</translation>
    </message>
    <message>
        <source>The camera {} cannot be opened.</source>
        <translation>Die Kamera {} lässt sich nicht öffnen.</translation>
    </message>
    <message>
        <source>The camera {} gives no more pictures.</source>
        <translation>Die Kamera {} liefert keine Bilder mehr.</translation>
    </message>
    <message>
        <source>There is no camera {}.</source>
        <translation>Es gibt keine Kamera {}.</translation>
    </message>
    <message>
        <source>'{}' is neither a camera, a file nor a folder.</source>
        <translation>„{}“ ist weder eine Kamera noch eine Datei noch ein Ordner.</translation>
    </message>
    <message>
        <source>'{}' fits several cameras: {}.</source>
        <translation>„{}“ passt auf mehrere Kameras: {}.</translation>
    </message>
    <message>
        <source>Write more of the name, or the number.</source>
        <translation>Schreibe mehr vom Namen oder die Nummer.</translation>
    </message>
    <message>
        <source>No camera is connected; connect one, or use the word demo for the carried clip.</source>
        <translation>Keine Kamera ist angeschlossen; schließe eine an oder nimm den Demofilm.</translation>
    </message>
    <message>
        <source>There are: {}; demo plays the carried clip.</source>
        <translation>Es gibt: {}; „demo“ spielt den Demofilm.</translation>
    </message>
    <message>
        <source>The demo clip {} is missing.</source>
        <translation>Der Demofilm {} fehlt.</translation>
    </message>
    <message>
        <source>Install Avatarify again.</source>
        <translation>Installiere Avatarify neu.</translation>
    </message>
    <message>
        <source>The {} thread did not end within {} s.</source>
        <translation>Der Thread „{}“ endete nicht innerhalb von {} s.</translation>
    </message>
    <message>
        <source>Unplug the camera or close the program that holds it, then start avatarify again.</source>
        <translation>Stecke die Kamera ab oder schließe das Programm, das sie festhält, und starte Avatarify neu.</translation>
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
        <source>Check its cable; it is opened again.</source>
        <translation>Prüfe das Kabel; sie wird neu geöffnet.</translation>
    </message>
    <message>
        <source>Plug it in again.</source>
        <translation>Stecke sie wieder an.</translation>
    </message>
    <message>
        <source>Plug it in again; it is opened as soon as it is back.</source>
        <translation>Stecke sie wieder an; sie wird geöffnet, sobald sie da ist.</translation>
    </message>
    <message>
        <source>Plug it in again, or restart the computer if it is built in.</source>
        <translation>Stecke sie neu an, oder starte den Rechner neu, wenn sie eingebaut ist.</translation>
    </message>
    <message>
        <source>The camera {} is not connected.</source>
        <translation>Die Kamera {} ist nicht angeschlossen.</translation>
    </message>
    <message>
        <source>The camera {} was unplugged.</source>
        <translation>Die Kamera {} wurde abgezogen.</translation>
    </message>
    <message>
        <source>No permission for the camera {} ({}).</source>
        <translation>Keine Berechtigung für die Kamera {} ({}).</translation>
    </message>
    <message>
        <source>Run: sudo usermod -aG video $USER, then log in again.</source>
        <translation>Führe aus: sudo usermod -aG video $USER, und melde dich neu an.</translation>
    </message>
    <message>
        <source>The system's settings do not let Avatarify use the camera {}.</source>
        <translation>Die Systemeinstellungen erlauben Avatarify die Kamera {} nicht.</translation>
    </message>
    <message>
        <source>Open Settings, Privacy &amp; security, Camera, and let desktop apps access your camera.</source>
        <translation>Öffne Einstellungen, Datenschutz und Sicherheit, Kamera, und erlaube Desktop-Apps den Zugriff.</translation>
    </message>
    <message>
        <source>Open System Settings, Privacy &amp; Security, Camera, allow the program that runs Avatarify, start again.</source>
        <translation>Öffne Systemeinstellungen, Datenschutz &amp; Sicherheit, Kamera, erlaube das Programm, das Avatarify ausführt, und starte neu.</translation>
    </message>
    <message>
        <source>Allow it in the system's settings.</source>
        <translation>Erlaube es in den Systemeinstellungen.</translation>
    </message>
    <message>
        <source>The camera {} is in use by {}.</source>
        <translation>Die Kamera {} wird von {} benutzt.</translation>
    </message>
    <message>
        <source>Close it, or use another camera.</source>
        <translation>Schließe es oder nimm eine andere Kamera.</translation>
    </message>
    <message>
        <source>The camera {} sees nothing but black.</source>
        <translation>Die Kamera {} sieht nur Schwarz.</translation>
    </message>
    <message>
        <source>Open its privacy shutter, or give it light.</source>
        <translation>Öffne die Abdeckung oder mach Licht.</translation>
    </message>
    <message>
        <source>The camera {} shows the same picture for {} s.</source>
        <translation>Die Kamera {} zeigt seit {} s dasselbe Bild.</translation>
    </message>
    <message>
        <source>It is opened again; if that does not help, check its privacy switch or its cable.</source>
        <translation>Sie wird neu geöffnet; hilft das nicht, prüfe ihren Schalter oder das Kabel.</translation>
    </message>
    <message>
        <source>The camera {} has given no picture for {} s.</source>
        <translation>Die Kamera {} hat seit {} s kein Bild geliefert.</translation>
    </message>
    <message>
        <source>If it does not go on by itself, unplug it and plug it in again.</source>
        <translation>Geht es nicht von selbst weiter, zieh sie ab und stecke sie wieder an.</translation>
    </message>
    <message>
        <source>The camera's pictures changed from {} to {}.</source>
        <translation>Die Bilder der Kamera haben sich von {} auf {} geändert.</translation>
    </message>
    <message>
        <source>Look straight ahead for a moment.</source>
        <translation>Schau kurz geradeaus.</translation>
    </message>
    <message>
        <source>The camera {} failed: {}.</source>
        <translation>Die Kamera {} ist ausgefallen: {}.</translation>
    </message>
    <message>
        <source>It is opened again; if that does not help, plug it in again.</source>
        <translation>Sie wird neu geöffnet; hilft das nicht, stecke sie neu an.</translation>
    </message>
    <message>
        <source>The camera {} gives {} of {} pictures a second.</source>
        <translation>Die Kamera {} liefert {} von {} Bildern pro Sekunde.</translation>
    </message>
    <message>
        <source>More light, or a USB socket of its own, makes it faster.</source>
        <translation>Mehr Licht oder ein eigener USB-Anschluss macht sie schneller.</translation>
    </message>
    <message>
        <source>The camera {} told wrong times; its pictures were timed when they came.</source>
        <translation>Die Kamera {} gab falsche Zeiten an; gezählt wurde, wann ihre Bilder ankamen.</translation>
    </message>
    <message>
        <source>The camera {} is the virtual camera that Avatarify's own pictures go to.</source>
        <translation>Die Kamera {} ist die virtuelle Kamera, an die Avatarify seine eigenen Bilder sendet.</translation>
    </message>
    <message>
        <source>Choose the camera that sees you; 'avatarify devices' lists them.</source>
        <translation>Wähle die Kamera, die dich sieht.</translation>
    </message>
    <message>
        <source>{} cannot be opened: {}.</source>
        <translation>{} lässt sich nicht öffnen: {}.</translation>
    </message>
    <message>
        <source>A virtual camera</source>
        <translation>Eine virtuelle Kamera</translation>
    </message>
    <message>
        <source>The virtual camera {}</source>
        <translation>Die virtuelle Kamera {}</translation>
    </message>
    <message>
        <source>The virtual camera {} is closed.</source>
        <translation>Die virtuelle Kamera {} ist geschlossen.</translation>
    </message>
    <message>
        <source>Open it again.</source>
        <translation>Öffne sie neu.</translation>
    </message>
    <message>
        <source>The virtual camera {} was lost: {}.</source>
        <translation>Die virtuelle Kamera {} ging verloren: {}.</translation>
    </message>
    <message>
        <source>Run: {}</source>
        <translation>Führe aus: {}</translation>
    </message>
    <message>
        <source>Close programs that use it, then run: {}</source>
        <translation>Schließe Programme, die sie benutzen, und führe aus: {}</translation>
    </message>
    <message>
        <source>Install OBS Studio 30 or newer into Applications, press 'Start Virtual Camera' in it, then restart.</source>
        <translation>Installiere OBS Studio 30 oder neuer in „Programme“, drücke darin „Virtuelle Kamera starten“ und starte den Rechner neu.</translation>
    </message>
    <message>
        <source>Start OBS, press 'Start Virtual Camera', allow its extension ({}), then restart.</source>
        <translation>Starte OBS, drücke „Virtuelle Kamera starten“, erlaube die Erweiterung ({}) und starte den Rechner neu.</translation>
    </message>
    <message>
        <source>Install OBS Studio 26 or newer from obsproject.com, then start and stop its virtual camera once.</source>
        <translation>Installiere OBS Studio 26 oder neuer von obsproject.com und starte und beende dessen virtuelle Kamera einmal.</translation>
    </message>
    <message>
        <source>Start OBS once as administrator, press 'Start Virtual Camera', then stop it.</source>
        <translation>Starte OBS einmal als Administrator, drücke „Virtuelle Kamera starten“ und beende sie wieder.</translation>
    </message>
    <message>
        <source>Another program sends to it, or one that showed it is still open: close both. If that does not help: sudo modprobe -r v4l2loopback, then {}</source>
        <translation>Ein anderes Programm sendet an sie, oder eines, das sie zeigte, ist noch offen: schließe beide. Hilft das nicht: sudo modprobe -r v4l2loopback, dann {}</translation>
    </message>
    <message>
        <source>A program still shows a picture of another size: switch its camera off, or close it.</source>
        <translation>Ein Programm zeigt noch ein Bild anderer Größe: schalte dort die Kamera aus oder schließe es.</translation>
    </message>
    <message>
        <source>Another program sends to the OBS camera: stop the virtual camera in OBS.</source>
        <translation>Ein anderes Programm sendet an die OBS-Kamera: beende die virtuelle Kamera in OBS.</translation>
    </message>
    <message>
        <source>Avatarify already sends to it: stop the other session.</source>
        <translation>Avatarify sendet schon an sie: beende die andere Sitzung.</translation>
    </message>
    <message>
        <source>Run 'avatarify doctor'.</source>
        <translation>Öffne die Diagnose im Menü Hilfe.</translation>
    </message>
    <message>
        <source>{} hangs and cannot be changed now.</source>
        <translation>{} hängt und kann jetzt nicht gewechselt werden.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuche es gleich noch einmal.</translation>
    </message>
    <message>
        <source>{} has taken no picture for {} s.</source>
        <translation>{} hat seit {} s kein Bild angenommen.</translation>
    </message>
    <message>
        <source>If it does not go on by itself, close the program that shows it.</source>
        <translation>Geht es nicht von selbst weiter, schließe das Programm, das es zeigt.</translation>
    </message>
    <message>
        <source>{} failed: {}.</source>
        <translation>{} ist ausgefallen: {}.</translation>
    </message>
    <message>
        <source>It is opened again.</source>
        <translation>Es wird neu geöffnet.</translation>
    </message>
    <message>
        <source>The page {} cannot be shown: {}.</source>
        <translation>Die Seite {} kann nicht angezeigt werden: {}.</translation>
    </message>
    <message>
        <source>Choose another port: --sink http://{}:{}</source>
        <translation>Schließe das Programm, das den Anschluss belegt, oder nimm einen anderen: avatarify run --sink http://{}:{}</translation>
    </message>
    <message>
        <source>There is no portrait and no file '{}'.</source>
        <translation>Es gibt weder ein Porträt noch eine Datei „{}“.</translation>
    </message>
    <message>
        <source>Portraits: {}; or give a picture file.</source>
        <translation>Porträts: {}; oder nenne eine Bilddatei.</translation>
    </message>
    <message>
        <source>No face was found in the portrait {}.</source>
        <translation>Im Porträt {} wurde kein Gesicht gefunden.</translation>
    </message>
    <message>
        <source>Use a picture in which a face is seen from the front, large enough and not covered.</source>
        <translation>Nimm ein Bild, in dem ein Gesicht von vorn zu sehen ist, groß genug und nicht verdeckt.</translation>
    </message>
    <message>
        <source>The portrait {} shows {} faces; the largest is animated.</source>
        <translation>Das Porträt {} zeigt {} Gesichter; das größte wird bewegt.</translation>
    </message>
    <message>
        <source>In the portrait {} nobody can be told from the background, which will bend with the head.</source>
        <translation>Im Porträt {} hebt sich niemand vom Hintergrund ab; er bewegt sich mit dem Kopf.</translation>
    </message>
    <message>
        <source>The picture {} breaks off in the middle.</source>
        <translation>Das Bild {} bricht mittendrin ab.</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>Kopiere oder lade es noch einmal.</translation>
    </message>
    <message>
        <source>{} is not a picture that can be read.</source>
        <translation>{} ist kein Bild, das gelesen werden kann.</translation>
    </message>
    <message>
        <source>Use a PNG, JPEG, WebP, BMP or TIFF picture.</source>
        <translation>Nimm ein Bild in PNG, JPEG, WebP, BMP oder TIFF.</translation>
    </message>
    <message>
        <source>The picture {} is only {}x{} pixels.</source>
        <translation>Das Bild {} hat nur {}x{} Pixel.</translation>
    </message>
    <message>
        <source>Use a larger one.</source>
        <translation>Nimm ein größeres.</translation>
    </message>
    <message>
        <source>{} is a folder, not a picture.</source>
        <translation>{} ist ein Ordner, kein Bild.</translation>
    </message>
    <message>
        <source>Name one picture in it.</source>
        <translation>Nenne ein Bild darin.</translation>
    </message>
    <message>
        <source>The picture {} does not exist.</source>
        <translation>Das Bild {} gibt es nicht.</translation>
    </message>
    <message>
        <source>Check the name and the folder.</source>
        <translation>Prüfe Namen und Ordner.</translation>
    </message>
    <message>
        <source>The picture {} cannot be read: {}.</source>
        <translation>Das Bild {} kann nicht gelesen werden: {}.</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>Prüfe die Zugriffsrechte.</translation>
    </message>
    <message>
        <source>A key point's Jacobian cannot be inverted.</source>
        <translation>Die Jacobi-Matrix eines Schlüsselpunkts lässt sich nicht umkehren.</translation>
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
        <source>Look at the camera and recalibrate.</source>
        <translation>Schau in die Kamera und kalibriere neu.</translation>
    </message>
    <message>
        <source>Recalibrate, or try another model.</source>
        <translation>Kalibriere neu oder nimm ein anderes Modell.</translation>
    </message>
    <message>
        <source>No portraits are carried here.</source>
        <translation>Hier sind keine Porträts dabei.</translation>
    </message>
    <message>
        <source>Name a picture file, or install avatarify again.</source>
        <translation>Füge ein Bild hinzu oder installiere Avatarify neu.</translation>
    </message>
    <message>
        <source>What was recorded before is kept in {}.</source>
        <translation>Was vorher aufgenommen wurde, bleibt in {} erhalten.</translation>
    </message>
    <message>
        <source>The folder {} cannot be written to: {}.</source>
        <translation>In den Ordner {} kann nicht geschrieben werden: {}.</translation>
    </message>
    <message>
        <source>Use another.</source>
        <translation>Nimm einen anderen.</translation>
    </message>
    <message>
        <source>The folder {} does not exist.</source>
        <translation>Den Ordner {} gibt es nicht.</translation>
    </message>
    <message>
        <source>Create it first.</source>
        <translation>Lege ihn zuerst an.</translation>
    </message>
    <message>
        <source>{} cannot be written: {}.</source>
        <translation>{} kann nicht geschrieben werden: {}.</translation>
    </message>
    <message>
        <source>Free some space or use another disk.</source>
        <translation>Schaffe Platz oder nimm einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>The snapshot {} cannot be written.</source>
        <translation>Das Foto {} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Free some space or choose another folder.</source>
        <translation>Schaffe Platz oder wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The folder {} cannot be made: {}.</source>
        <translation>Der Ordner {} kann nicht angelegt werden: {}.</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>Wähle einen anderen.</translation>
    </message>
    <message>
        <source>The settings cannot be saved in {}: {}.</source>
        <translation>Die Einstellungen können in {} nicht gespeichert werden: {}.</translation>
    </message>
    <message>
        <source>Make the folder writable, or name another one in AVATARIFY_CONFIG.</source>
        <translation>Mache den Ordner beschreibbar oder nenne einen anderen in AVATARIFY_CONFIG.</translation>
    </message>
    <message>
        <source>{} cannot be kept in {}</source>
        <translation>{} kann in {} nicht aufbewahrt werden</translation>
    </message>
    <message>
        <source>{} cannot be renamed</source>
        <translation>{} kann nicht umbenannt werden</translation>
    </message>
    <message>
        <source>{} cannot be deleted</source>
        <translation>{} kann nicht gelöscht werden</translation>
    </message>
    <message>
        <source>{} cannot be brought back</source>
        <translation>{} kann nicht zurückgeholt werden</translation>
    </message>
    <message>
        <source>Free some room, or close what uses it.</source>
        <translation>Schaffe Platz oder schließe, was es benutzt.</translation>
    </message>
    <message>
        <source>There is no model '{}'.</source>
        <translation>Es gibt kein Modell „{}“.</translation>
    </message>
    <message>
        <source>There is no runtime '{}'.</source>
        <translation>Es gibt keine Laufzeitumgebung „{}“.</translation>
    </message>
    <message>
        <source>There are: {}.</source>
        <translation>Es gibt: {}.</translation>
    </message>
    <message>
        <source>There is none at all: install avatarify again.</source>
        <translation>Es gibt gar keines: Installiere Avatarify neu.</translation>
    </message>
    <message>
        <source>The manifest {} cannot be read: {}.</source>
        <translation>Das Manifest {} kann nicht gelesen werden: {}.</translation>
    </message>
    <message>
        <source>The manifest {} is not valid: {}.</source>
        <translation>Das Manifest {} ist ungültig: {}.</translation>
    </message>
    <message>
        <source>Import the model again.</source>
        <translation>Importiere das Modell neu.</translation>
    </message>
    <message>
        <source>The weights {} cannot be read: {}</source>
        <translation>Die Gewichte {} können nicht gelesen werden: {}</translation>
    </message>
    <message>
        <source>{} does not fit the model: {}.</source>
        <translation>{} passt nicht zum Modell: {}.</translation>
    </message>
    <message>
        <source>Models for 10 key points at 256x256 with vox-cpk's layout can be used.</source>
        <translation>Verwendbar sind Modelle für 10 Schlüsselpunkte bei 256x256 mit dem Aufbau von vox-cpk.</translation>
    </message>
    <message>
        <source>{} holds numbers that are not finite: {}.</source>
        <translation>{} enthält Zahlen, die nicht endlich sind: {}.</translation>
    </message>
    <message>
        <source>Get the file again.</source>
        <translation>Hole die Datei noch einmal.</translation>
    </message>
    <message>
        <source>The face model {} cannot be read.</source>
        <translation>Das Gesichtsmodell {} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The face model {} is damaged.</source>
        <translation>Das Gesichtsmodell {} ist beschädigt.</translation>
    </message>
    <message>
        <source>The weights {} cannot be read: {}.</source>
        <translation>Die Gewichte {} können nicht gelesen werden: {}.</translation>
    </message>
    <message>
        <source>The weights {} are damaged: their SHA-256 is not the manifest's.</source>
        <translation>Die Gewichte {} sind beschädigt: ihr SHA-256 ist nicht der des Manifests.</translation>
    </message>
    <message>
        <source>No runtime can execute the model.</source>
        <translation>Keine Laufzeitumgebung kann das Modell ausführen.</translation>
    </message>
    <message>
        <source>The runtime {} cannot be used: {}.</source>
        <translation>Die Laufzeitumgebung {} kann nicht verwendet werden: {}.</translation>
    </message>
    <message>
        <source>Use --runtime auto.</source>
        <translation>Wähle in den Einstellungen die schnellste, die geht.</translation>
    </message>
    <message>
        <source>{} is not used: {}.</source>
        <translation>{} wird nicht verwendet: {}.</translation>
    </message>
    <message>
        <source>{} frames could not be animated: {}</source>
        <translation>{} Bilder konnten nicht animiert werden: {}</translation>
    </message>
    <message>
        <source>an NVIDIA GPU is here</source>
        <translation>hier ist eine NVIDIA-GPU</translation>
    </message>
    <message>
        <source>an NVIDIA RTX GPU is here</source>
        <translation>hier ist eine NVIDIA-RTX-GPU</translation>
    </message>
    <message>
        <source>a GPU is reached through DirectML</source>
        <translation>eine GPU ist über DirectML erreichbar</translation>
    </message>
    <message>
        <source>a GPU is reached through CoreML</source>
        <translation>eine GPU ist über CoreML erreichbar</translation>
    </message>
    <message>
        <source>no usable GPU, and OpenVINO is fastest on a CPU</source>
        <translation>keine brauchbare GPU, und OpenVINO ist auf einer CPU am schnellsten</translation>
    </message>
    <message>
        <source>nothing faster can be used here</source>
        <translation>nichts Schnelleres ist hier verwendbar</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>so gewünscht</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Unexpected error: {}.</source>
        <translation>Unerwarteter Fehler: {}.</translation>
    </message>
    <message>
        <source>Start again; if it stays, report it.</source>
        <translation>Starte neu; bleibt der Fehler, melde ihn.</translation>
    </message>
</context>
<context>
    <name>NoticeStrip</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy to the clipboard</source>
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
        <source>This picture is not on this machine: {}</source>
        <translation>Dieses Bild liegt nicht auf diesem Rechner: {}</translation>
    </message>
    <message>
        <source>Nothing is fetched from elsewhere. Copy the picture in the browser, then paste it here.</source>
        <translation>Von anderswo wird nichts geholt. Kopiere das Bild im Browser und füge es hier ein.</translation>
    </message>
    <message>
        <source>There is no picture in it.</source>
        <translation>Darin ist kein Bild.</translation>
    </message>
    <message>
        <source>Copy a picture, then paste it here.</source>
        <translation>Kopiere ein Bild und füge es hier ein.</translation>
    </message>
    <message>
        <source>{} was deleted.</source>
        <translation>{} wurde gelöscht.</translation>
    </message>
    <message>
        <source>{} is not a picture that can be read.</source>
        <translation>{} ist kein lesbares Bild.</translation>
    </message>
    <message>
        <source>Use a PNG, JPEG, WebP, BMP or TIFF picture.</source>
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
        <source>As the system</source>
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
        <source>The fastest that works</source>
        <translation>Die schnellste, die läuft</translation>
    </message>
    <message>
        <source>&amp;Runtime</source>
        <translation>&amp;Laufzeitumgebung</translation>
    </message>
    <message>
        <source>Found by itself</source>
        <translation>Von selbst gefunden</translation>
    </message>
    <message>
        <source>The first face that is seen</source>
        <translation>Das erste gesehene Gesicht</translation>
    </message>
    <message>
        <source>&amp;Neutral face</source>
        <translation>&amp;Neutrales Gesicht</translation>
    </message>
    <message>
        <source>The language changes when Avatarify is opened again, model and runtime at the next Start.</source>
        <translation>Die Sprache ändert sich, wenn Avatarify neu geöffnet wird, Modell und Laufzeitumgebung beim nächsten Start.</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Preview: what the others see</source>
        <translation>Vorschau: was die anderen sehen</translation>
    </message>
    <message>
        <source>Your own face goes out</source>
        <translation>Dein eigenes Gesicht ist zu sehen</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Eingefroren</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>No face in view</source>
        <translation>Kein Gesicht zu sehen</translation>
    </message>
    <message>
        <source>Camera lost, waiting for it</source>
        <translation>Kamera fehlt, warte auf sie</translation>
    </message>
    <message>
        <source>Another program uses the camera</source>
        <translation>Ein anderes Programm benutzt die Kamera</translation>
    </message>
    <message>
        <source>The camera stands still, trying again</source>
        <translation>Die Kamera steht still, neuer Versuch</translation>
    </message>
    <message>
        <source>The camera is covered</source>
        <translation>Die Kamera ist verdeckt</translation>
    </message>
    <message>
        <source>Nothing goes out, trying again</source>
        <translation>Nichts geht hinaus, neuer Versuch</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Beendet …</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>This is all that was kept. Copy it into a message if you want somebody to look at it.</source>
        <translation>Das ist alles, was aufgehoben wurde. Kopiere es in eine Nachricht, wenn jemand es ansehen soll.</translation>
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
        <source>Speed</source>
        <translation>Tempo</translation>
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
        <source>Runtime and device are chosen at the start</source>
        <translation>Laufzeitumgebung und Gerät werden beim Start gewählt</translation>
    </message>
    <message>
        <source>{} on {}: {}</source>
        <translation>{} auf {}: {}</translation>
    </message>
    <message>
        <source>Delay your sound by {} ms in the meeting program.</source>
        <translation>Verzögere deinen Ton im Konferenzprogramm um {} ms.</translation>
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
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Show the window</source>
        <translation>Fenster zeigen</translation>
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
        <source>This installs and loads what is missing, and keeps it for the next start; it asks first:</source>
        <translation>Das installiert und lädt, was fehlt, und merkt es sich für den nächsten Start; es fragt vorher:</translation>
    </message>
    <message>
        <source>Linux gets a virtual camera from a module of the kernel, v4l2loopback. By hand:</source>
        <translation>Linux bekommt eine virtuelle Kamera durch ein Modul des Kernels, v4l2loopback. Von Hand:</translation>
    </message>
    <message>
        <source>Load it, after each start of the machine (exclusive_caps=1 is what Chrome and Meet need):</source>
        <translation>Lade es nach jedem Start des Rechners (exclusive_caps=1 brauchen Chrome und Meet):</translation>
    </message>
    <message>
        <source>With Secure Boot the module must be signed: modprobe then says “Key was rejected by service”.</source>
        <translation>Mit Secure Boot muss das Modul signiert sein: modprobe sagt sonst „Key was rejected by service“.</translation>
    </message>
    <message>
        <source>1. Install OBS Studio 26 or newer from obsproject.com.</source>
        <translation>1. Installiere OBS Studio 26 oder neuer von obsproject.com.</translation>
    </message>
    <message>
        <source>2. Start OBS once, press “Start Virtual Camera”, then stop it and close OBS.</source>
        <translation>2. Starte OBS einmal, drücke „Virtuelle Kamera starten“, beende sie wieder und schließe OBS.</translation>
    </message>
    <message>
        <source>3. Come back here and look again. Only one program can use the OBS camera at a time.</source>
        <translation>3. Komm hierher zurück und suche erneut. Nur ein Programm zugleich kann die OBS-Kamera benutzen.</translation>
    </message>
    <message>
        <source>1. Install OBS Studio 30 or newer into the folder Applications.</source>
        <translation>1. Installiere OBS Studio 30 oder neuer in den Ordner Programme.</translation>
    </message>
    <message>
        <source>2. Start OBS, press “Start Virtual Camera” and allow its extension in System Settings.</source>
        <translation>2. Starte OBS, drücke „Virtuelle Kamera starten“ und erlaube die Erweiterung in den Systemeinstellungen.</translation>
    </message>
    <message>
        <source>3. Restart the machine, then come back here and look again.</source>
        <translation>3. Starte den Rechner neu, komm dann hierher zurück und suche erneut.</translation>
    </message>
    <message>
        <source>In the meeting program choose the camera “{}”</source>
        <translation>Wähle im Konferenzprogramm die Kamera „{}“</translation>
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
    <message>
        <source>Start Avatarify first. A meeting program that was open before must be restarted once. If the picture is mirrored there, that is the program's own preview: the others see it right.</source>
        <translation>Starte zuerst Avatarify. Ein Konferenzprogramm, das schon offen war, muss einmal neu gestartet werden. Ist das Bild dort gespiegelt, so ist das dessen eigene Vorschau: Die anderen sehen es richtig.</translation>
    </message>
    <message>
        <source>Or without one: a browser source in OBS</source>
        <translation>Oder ohne: eine Browserquelle in OBS</translation>
    </message>
    <message>
        <source>Only programs of this machine can open it. In OBS add a browser source with this address.</source>
        <translation>Nur Programme dieses Rechners können sie öffnen. Füge in OBS eine Browserquelle mit dieser Adresse hinzu.</translation>
    </message>
    <message>
        <source>Send to the page {}</source>
        <translation>An die Seite {} senden</translation>
    </message>
    <message>
        <source>Send coloured bars to the virtual camera for half a minute</source>
        <translation>Sendet eine halbe Minute lang Farbbalken an die virtuelle Kamera</translation>
    </message>
    <message>
        <source>Test pattern</source>
        <translation>Testbild</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Look for virtual cameras again</source>
        <translation>Virtuelle Kameras neu suchen</translation>
    </message>
    <message>
        <source>The virtual camera is there.</source>
        <translation>Die virtuelle Kamera ist da.</translation>
    </message>
    <message>
        <source>There is no virtual camera yet.</source>
        <translation>Noch keine virtuelle Kamera.</translation>
    </message>
    <message>
        <source>Stop the pattern</source>
        <translation>Testbild beenden</translation>
    </message>
    <message>
        <source>Coloured bars with a moving white bar should be seen in the meeting program now.</source>
        <translation>Im Konferenzprogramm sollten jetzt Farbbalken mit einem wandernden weißen Balken zu sehen sein.</translation>
    </message>
    <message>
        <source>The pattern was sent to {}.</source>
        <translation>Das Testbild wurde an {} gesendet.</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>I agree</source>
        <translation>Einverstanden</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>Das bin ich</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>The picture of your camera stays on this machine. Nothing is sent anywhere.</source>
        <translation>Das Bild deiner Kamera bleibt auf diesem Rechner. Nichts wird irgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Use only faces you may use: your own, works of art, or people who agreed.</source>
        <translation>Verwende nur Gesichter, die du verwenden darfst: dein eigenes, Kunstwerke oder Menschen, die zugestimmt haben.</translation>
    </message>
    <message>
        <source>What goes out is marked as an AI avatar. Leave the mark on where it could be taken for real.</source>
        <translation>Was hinausgeht, ist als KI-Avatar gekennzeichnet. Lass das Zeichen an, wo es für echt gehalten werden könnte.</translation>
    </message>
    <message>
        <source>Your own face never goes out unless you ask for it.</source>
        <translation>Dein eigenes Gesicht geht nie hinaus, außer du verlangst es.</translation>
    </message>
    <message>
        <source>Be a painting in your next call</source>
        <translation>Sei ein Gemälde in deinem nächsten Gespräch</translation>
    </message>
    <message>
        <source>Choose the picture that shows you. No camera? The demo clip moves the portrait too.</source>
        <translation>Wähle das Bild, das dich zeigt. Keine Kamera? Auch der Demofilm bewegt das Porträt.</translation>
    </message>
    <message>
        <source>Your camera</source>
        <translation>Deine Kamera</translation>
    </message>
    <message>
        <source>Choose a portrait on the right, or drop a picture on the window. Then look straight ahead for a moment: your neutral face is found by itself.</source>
        <translation>Wähle rechts ein Porträt oder ziehe ein Bild auf das Fenster. Schau dann einen Moment geradeaus: Dein neutrales Gesicht wird von selbst gefunden.</translation>
    </message>
    <message>
        <source>Your portrait</source>
        <translation>Dein Porträt</translation>
    </message>
</context>
<context>
    <name>Wiring</name>
    <message>
        <source>Avatarify ended unexpectedly last time.</source>
        <translation>Avatarify wurde letztes Mal unerwartet beendet.</translation>
    </message>
    <message>
        <source>The report stays on this machine; you decide whether to share it.</source>
        <translation>Der Bericht bleibt auf diesem Rechner; du entscheidest, ob du ihn teilst.</translation>
    </message>
    <message>
        <source>Show my own face</source>
        <translation>Mein eigenes Gesicht zeigen</translation>
    </message>
    <message>
        <source>Send your own face instead of the portrait?</source>
        <translation>Statt des Porträts dein eigenes Gesicht senden?</translation>
    </message>
    <message>
        <source>Everybody who sees the output sees your camera, marked as such, until you switch it off.</source>
        <translation>Alle, die die Ausgabe sehen, sehen deine Kamera, so gekennzeichnet, bis du es ausschaltest.</translation>
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
        <source>Pictures ({})</source>
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
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Name of the portrait</source>
        <translation>Name des Porträts</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
</context>
</TS>
