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
            <source>In the window</source>
            <translation>Im Fenster</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>Überall</translation>
        </message>
        <message>
            <source>Usual keys</source>
            <translation>Übliche Tasten</translation>
        </message>
        <message>
            <source>Give every command its usual key again</source>
            <translation>Jedem Befehl wieder die übliche Taste geben</translation>
        </message>
        <message>
            <source>Click a key and press another one to change it. Numbers choose portraits.</source>
            <translation>Klicke eine Taste an und drücke eine andere, um sie zu ändern. Zahlen wählen Porträts.</translation>
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
            <source>Use --motion relative or absolute.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use --keypoints learned or mixed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Build the engines again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use a picture in which a face is seen from the front, large enough and not covered.</source>
            <translation>Nimm ein Bild, in dem ein Gesicht von vorn zu sehen ist, groß genug und nicht verdeckt.</translation>
        </message>
        <message>
            <source>Install Avatarify again.</source>
            <translation>Installiere Avatarify neu.</translation>
        </message>
        <message>
            <source>Write more of the name, or the number.</source>
            <translation>Schreibe mehr vom Namen oder die Nummer.</translation>
        </message>
        <message>
            <source>Use a video such as MP4, MOV, MKV, AVI or WebM.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the name.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the name and the folder.</source>
            <translation>Prüfe Namen und Ordner.</translation>
        </message>
        <message>
            <source>Plug it in again; it is opened as soon as it is back.</source>
            <translation>Stecke sie wieder an; sie wird geöffnet, sobald sie da ist.</translation>
        </message>
        <message>
            <source>Run: sudo usermod -aG video $USER, then log in again.</source>
            <translation>Führe aus: sudo usermod -aG video $USER, und melde dich neu an.</translation>
        </message>
        <message>
            <source>Close it, or use another camera.</source>
            <translation>Schließe es oder nimm eine andere Kamera.</translation>
        </message>
        <message>
            <source>Close other programs that use it.</source>
            <translation>Schließe andere Programme, die sie benutzen.</translation>
        </message>
        <message>
            <source>Close other programs that use it, or plug it in again.</source>
            <translation>Schließe andere Programme, die sie benutzen, oder stecke sie neu an.</translation>
        </message>
        <message>
            <source>Check its cable; it is opened again.</source>
            <translation>Prüfe das Kabel; sie wird neu geöffnet.</translation>
        </message>
        <message>
            <source>Write screen, or screen:X,Y,WIDTHxHEIGHT in pixels from the upper left corner.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use it where a screen is; under Wayland take the window in with OBS instead.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the address, and that the phone or camera is in the same network.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use the address of its video.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is opened again.</source>
            <translation>Es wird neu geöffnet.</translation>
        </message>
        <message>
            <source>This address cannot be read.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write it as rtsp://HOST:PORT/PATH.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open its privacy shutter, or give it light.</source>
            <translation>Öffne die Abdeckung oder mach Licht.</translation>
        </message>
        <message>
            <source>It is opened again; if that does not help, check its privacy switch or its cable.</source>
            <translation>Sie wird neu geöffnet; hilft das nicht, prüfe ihren Schalter oder das Kabel.</translation>
        </message>
        <message>
            <source>If it does not go on by itself, unplug it and plug it in again.</source>
            <translation>Geht es nicht von selbst weiter, zieh sie ab und stecke sie wieder an.</translation>
        </message>
        <message>
            <source>Plug it in again.</source>
            <translation>Stecke sie wieder an.</translation>
        </message>
        <message>
            <source>Plug it in again, or restart the computer if it is built in.</source>
            <translation>Stecke sie neu an, oder starte den Rechner neu, wenn sie eingebaut ist.</translation>
        </message>
        <message>
            <source>camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Python</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>packages</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>window</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>folders</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>model</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>runtime</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>virtual camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>graphics card</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>TensorRT</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>memory</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>See 'avatarify doctor'.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Leave out --batch, or use it with a full First Order Motion Model.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No runtime can execute the model.</source>
            <translation>Keine Laufzeitumgebung kann das Modell ausführen.</translation>
        </message>
        <message>
            <source>Use --runtime auto.</source>
            <translation>Wähle in den Einstellungen die schnellste, die geht.</translation>
        </message>
        <message>
            <source>Build it again with --precision fp32, or report this.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Report this with the whole message.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use --precision fp32 for --target openvino.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use --precision fp32.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Install avatarify again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Delete it; it is made again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Reinstall Avatarify.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Leave it out of --compute-capability, or install a newer version.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Float16 engines need ONNX Runtime's converter.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime, or use --precision fp32.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>End it, and start again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Make it writable, free some space, or name another: --out or AVATARIFY_CACHE.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write it as WIDTHxHEIGHT, for example 1280x720.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Both sides must be even and between 16 and 4096.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Get the file again.</source>
            <translation>Hole die Datei noch einmal.</translation>
        </message>
        <message>
            <source>Report this.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <translation>Kopiere oder lade es noch einmal.</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP or TIFF picture.</source>
            <translation>Nimm ein Bild in PNG, JPEG, WebP, BMP oder TIFF.</translation>
        </message>
        <message>
            <source>Use a larger one.</source>
            <translation>Nimm ein größeres.</translation>
        </message>
        <message>
            <source>Name one picture in it.</source>
            <translation>Nenne ein Bild darin.</translation>
        </message>
        <message>
            <source>Check its permissions.</source>
            <translation>Prüfe die Zugriffsrechte.</translation>
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
            <source>It is opened again; if that does not help, plug it in again.</source>
            <translation>Sie wird neu geöffnet; hilft das nicht, stecke sie neu an.</translation>
        </message>
        <message>
            <source>Choose the camera that sees you; 'avatarify devices' lists them.</source>
            <translation>Wähle die Kamera, die dich sieht.</translation>
        </message>
        <message>
            <source>Try again in a moment.</source>
            <translation>Versuche es gleich noch einmal.</translation>
        </message>
        <message>
            <source>If it does not go on by itself, close the program that shows it.</source>
            <translation>Geht es nicht von selbst weiter, schließe das Programm, das es zeigt.</translation>
        </message>
        <message>
            <source>Look straight ahead for a moment.</source>
            <translation>Schau kurz geradeaus.</translation>
        </message>
        <message>
            <source>Take another.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use --neutral first, best or another number.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No face was found in the driver.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use a video in which one face is seen from the front.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unplug the camera or close the program that holds it, then start avatarify again.</source>
            <translation>Stecke die Kamera ab oder schließe das Programm, das sie festhält, und starte Avatarify neu.</translation>
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
            <source>Models for 10 key points at 256x256 with vox-cpk's layout can be used.</source>
            <translation>Verwendbar sind Modelle für 10 Schlüsselpunkte bei 256x256 mit dem Aufbau von vox-cpk.</translation>
        </message>
        <message>
            <source>Name it as --model of 'avatarify animate', 'evaluate --reconstruct' or 'figures'.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name its model.safetensors or a .pth.tar.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free some space, or check the folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name a .pth.tar file such as vox-cpk.pth.tar.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use a file from the model's own publisher.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name the folder, or the model.safetensors, of an 'avatarify train'.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open it again.</source>
            <translation>Öffne sie neu.</translation>
        </message>
        <message>
            <source>Start a new one.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use another.</source>
            <translation>Nimm einen anderen.</translation>
        </message>
        <message>
            <source>Free some space or use another disk.</source>
            <translation>Schaffe Platz oder nimm einen anderen Datenträger.</translation>
        </message>
        <message>
            <source>Both sides must be even.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use 1 to 240.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name a file to write.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Create it first.</source>
            <translation>Lege ihn zuerst an.</translation>
        </message>
        <message>
            <source>A sink is named twice.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name each once.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open the sink again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The package cuda-python is not installed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run: pip install cuda-python</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run 'avatarify doctor'.</source>
            <translation>Öffne die Diagnose im Menü Hilfe.</translation>
        </message>
        <message>
            <source>Close other programs.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>ONNX Runtime is not installed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run: pip install onnxruntime</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use --runtime torch.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>torch sees no CUDA device.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Run 'avatarify doctor' to learn why.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Make the folder writable, or name another one in AVATARIFY_CONFIG.</source>
            <translation>Mache den Ordner beschreibbar oder nenne einen anderen in AVATARIFY_CONFIG.</translation>
        </message>
        <message>
            <source>Cannot connect to the display '{display}'.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Log in to a desktop, or use 'avatarify run', which needs no display.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot rename {portrait}: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot delete {portrait}: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot restore {portrait}: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot save {portrait} to the portraits folder: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free some disk space, or close the program that uses the file.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot write the snapshot {file}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free some disk space or choose another folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cannot create the folder {folder}: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Import the model again.</source>
            <translation>Importiere das Modell neu.</translation>
        </message>
        <message>
            <source>Import or download the model again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is none at all: install avatarify again.</source>
            <translation>Es gibt gar keines: Installiere Avatarify neu.</translation>
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
            <source>&amp;Runtime</source>
            <translation>&amp;Laufzeitumgebung</translation>
        </message>
        <message>
            <source>The fastest that works</source>
            <translation>Die schnellste, die läuft</translation>
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
