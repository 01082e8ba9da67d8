<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es">
    <context>
        <name>Adjust</name>
        <message>
            <source>Top left</source>
            <translation>Arriba a la izquierda</translation>
        </message>
        <message>
            <source>Top right</source>
            <translation>Arriba a la derecha</translation>
        </message>
        <message>
            <source>Bottom left</source>
            <translation>Abajo a la izquierda</translation>
        </message>
        <message>
            <source>Bottom right</source>
            <translation>Abajo a la derecha</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>Movimiento</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>Intensidad</translation>
        </message>
        <message>
            <source>Relative</source>
            <translation>Relativo</translation>
        </message>
        <message>
            <source>Absolute</source>
            <translation>Absoluto</translation>
        </message>
        <message>
            <source>Transfer</source>
            <translation>Transferencia</translation>
        </message>
        <message>
            <source>Adapt scale</source>
            <translation>Adaptar la escala</translation>
        </message>
        <message>
            <source>Scale movements by the sizes of the two faces</source>
            <translation>Ajustar los movimientos al tamaño de ambas caras</translation>
        </message>
        <message>
            <source>Steady a resting face</source>
            <translation>Estabilizar la cara en reposo</translation>
        </message>
        <message>
            <source>Take the tremble out of a face at rest</source>
            <translation>Quita el temblor de una cara en reposo</translation>
        </message>
        <message>
            <source>Moving on the chair does not move the portrait</source>
            <translation>Moverse en la silla no mueve el retrato</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>Seguir mi cabeza</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Imagen</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Left and right</source>
            <translation>Horizontal</translation>
        </message>
        <message>
            <source>Up and down</source>
            <translation>Vertical</translation>
        </message>
        <message>
            <source>Mirror the output</source>
            <translation>Reflejar la salida</translation>
        </message>
        <message>
            <source>Flip what the others see left to right</source>
            <translation>Invierte lo que ven los demás</translation>
        </message>
        <message>
            <source>AI avatar badge</source>
            <translation>Distintivo de avatar IA</translation>
        </message>
        <message>
            <source>Mark the output as made by a computer</source>
            <translation>Marca la salida como creada por ordenador</translation>
        </message>
        <message>
            <source>Badge</source>
            <translation>Distintivo</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>Fondo</translation>
        </message>
        <message>
            <source>The portrait's own</source>
            <translation>El del retrato</translation>
        </message>
        <message>
            <source>Blurred</source>
            <translation>Desenfocado</translation>
        </message>
        <message>
            <source>One colour</source>
            <translation>Un color</translation>
        </message>
        <message>
            <source>Choose the background's colour</source>
            <translation>Elegir el color del fondo</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Vista previa</translation>
        </message>
        <message>
            <source>Show it to me as a mirror does; the others see no change</source>
            <translation>Me lo muestra como un espejo; los demás no ven cambios</translation>
        </message>
        <message>
            <source>Mirror the preview</source>
            <translation>Reflejar la vista previa</translation>
        </message>
        <message>
            <source>Show what the camera sees in the corner</source>
            <translation>Muestra en la esquina lo que ve la cámara</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>Vista de la cámara</translation>
        </message>
        <message>
            <source>Show the camera as large as the output; only you see it</source>
            <translation>Muestra la cámara tan grande como la salida; solo tú la ves</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>Lado a lado</translation>
        </message>
        <message>
            <source>Draw the points of my face into the camera preview</source>
            <translation>Dibuja los puntos de mi cara en la vista de la cámara</translation>
        </message>
        <message>
            <source>Landmarks</source>
            <translation>Puntos de la cara</translation>
        </message>
        <message>
            <source>Portrait over me</source>
            <translation>Retrato sobre mí</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Salida</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Tamaño</translation>
        </message>
        <message>
            <source>{} fps</source>
            <translation>{} fps</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>Como máximo</translation>
        </message>
        <message>
            <source>Change …</source>
            <translation>Cambiar …</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>Carpeta para grabaciones e instantáneas</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Carpeta</translation>
        </message>
        <message>
            <source>Preset of this portrait</source>
            <translation>Ajustes de este retrato</translation>
        </message>
        <message>
            <source>Motion and picture come back whenever this portrait is chosen</source>
            <translation>Movimiento e imagen vuelven al elegir este retrato</translation>
        </message>
        <message>
            <source>Remember</source>
            <translation>Recordar</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Olvidar</translation>
        </message>
        <message>
            <source>Go back to the usual settings</source>
            <translation>Volver a los ajustes habituales</translation>
        </message>
    </context>
    <context>
        <name>AppState</name>
        <message>
            <source>Demo clip</source>
            <translation>Clip de demostración</translation>
        </message>
        <message>
            <source>Preview only</source>
            <translation>Solo vista previa</translation>
        </message>
        <message>
            <source>Virtual camera ({})</source>
            <translation>Cámara virtual ({})</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>no instalada</translation>
        </message>
        <message>
            <source>Page for OBS: {}</source>
            <translation>Página para OBS: {}</translation>
        </message>
    </context>
    <context>
        <name>CameraChooser</name>
        <message>
            <source>Cameras</source>
            <translation>Cámaras</translation>
        </message>
        <message>
            <source>{} (no picture)</source>
            <translation>{} (sin imagen)</translation>
        </message>
    </context>
    <context>
        <name>CameraDialog</name>
        <message>
            <source>Choose a camera</source>
            <translation>Elegir una cámara</translation>
        </message>
        <message>
            <source>Which camera sees you?</source>
            <translation>¿Qué cámara te ve?</translation>
        </message>
        <message>
            <source>Pictures come when the session is stopped.</source>
            <translation>Las imágenes llegan al detener la sesión.</translation>
        </message>
    </context>
    <context>
        <name>CameraView</name>
        <message>
            <source>Camera: what Avatarify sees</source>
            <translation>Cámara: lo que ve Avatarify</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Session</source>
            <translation>Sesión</translation>
        </message>
        <message>
            <source>Portrait</source>
            <translation>Retrato</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Imagen</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ver</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Ayuda</translation>
        </message>
        <message>
            <source>Start or stop</source>
            <translation>Iniciar o detener</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>Recalibrar</translation>
        </message>
        <message>
            <source>Search for the best frame</source>
            <translation>Buscar el mejor fotograma</translation>
        </message>
        <message>
            <source>Freeze the picture</source>
            <translation>Congelar la imagen</translation>
        </message>
        <message>
            <source>Show my own face</source>
            <translation>Mostrar mi propia cara</translation>
        </message>
        <message>
            <source>Take a snapshot</source>
            <translation>Tomar una instantánea</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Grabar</translation>
        </message>
        <message>
            <source>Send to the virtual camera</source>
            <translation>Enviar a la cámara virtual</translation>
        </message>
        <message>
            <source>Choose a camera …</source>
            <translation>Elegir una cámara …</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Salir</translation>
        </message>
        <message>
            <source>Previous portrait</source>
            <translation>Retrato anterior</translation>
        </message>
        <message>
            <source>Next portrait</source>
            <translation>Retrato siguiente</translation>
        </message>
        <message>
            <source>Any portrait</source>
            <translation>Un retrato al azar</translation>
        </message>
        <message>
            <source>Add a portrait …</source>
            <translation>Añadir un retrato …</translation>
        </message>
        <message>
            <source>Paste a picture</source>
            <translation>Pegar una imagen</translation>
        </message>
        <message>
            <source>Rename …</source>
            <translation>Cambiar el nombre …</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Undo delete</source>
            <translation>Deshacer la eliminación</translation>
        </message>
        <message>
            <source>Look for portraits again</source>
            <translation>Buscar retratos otra vez</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Acercar</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Alejar</translation>
        </message>
        <message>
            <source>Look further up</source>
            <translation>Mirar más arriba</translation>
        </message>
        <message>
            <source>Look further left</source>
            <translation>Mirar más a la izquierda</translation>
        </message>
        <message>
            <source>Look further down</source>
            <translation>Mirar más abajo</translation>
        </message>
        <message>
            <source>Look further right</source>
            <translation>Mirar más a la derecha</translation>
        </message>
        <message>
            <source>Mirror the output</source>
            <translation>Reflejar la salida</translation>
        </message>
        <message>
            <source>Follow my head</source>
            <translation>Seguir mi cabeza</translation>
        </message>
        <message>
            <source>Mirror the preview</source>
            <translation>Reflejar la vista previa</translation>
        </message>
        <message>
            <source>Lay less of the portrait over me</source>
            <translation>Superponer menos el retrato</translation>
        </message>
        <message>
            <source>Lay more of the portrait over me</source>
            <translation>Superponer más el retrato</translation>
        </message>
        <message>
            <source>Figures in the preview</source>
            <translation>Cifras en la vista previa</translation>
        </message>
        <message>
            <source>Landmarks of my face</source>
            <translation>Puntos de mi cara</translation>
        </message>
        <message>
            <source>Camera preview</source>
            <translation>Vista de la cámara</translation>
        </message>
        <message>
            <source>Camera and output side by side</source>
            <translation>Cámara y salida lado a lado</translation>
        </message>
        <message>
            <source>See how it works …</source>
            <translation>Cómo funciona…</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Pantalla completa</translation>
        </message>
        <message>
            <source>Virtual camera …</source>
            <translation>Cámara virtual …</translation>
        </message>
        <message>
            <source>Engines …</source>
            <translation>Motores …</translation>
        </message>
        <message>
            <source>Diagnostics …</source>
            <translation>Diagnóstico …</translation>
        </message>
        <message>
            <source>Preferences …</source>
            <translation>Preferencias …</translation>
        </message>
        <message>
            <source>Keys …</source>
            <translation>Teclas …</translation>
        </message>
        <message>
            <source>Privacy …</source>
            <translation>Privacidad …</translation>
        </message>
        <message>
            <source>Portrait {}</source>
            <translation>Retrato {}</translation>
        </message>
    </context>
    <context>
        <name>Controller</name>
        <message>
            <source>Size and rate of the output change at the next start.</source>
            <translation>El tamaño y la frecuencia de la salida cambian en el próximo inicio.</translation>
        </message>
        <message>
            <source>Meeting programs show garbage when they change under them.</source>
            <translation>Los programas de reuniones muestran basura si cambian mientras los usan.</translation>
        </message>
        <message>
            <source>Your neutral face is far from rest ({} %).</source>
            <translation>Tu cara neutra está lejos del reposo ({} %).</translation>
        </message>
        <message>
            <source>Look straight ahead with your mouth closed and eyes open.</source>
            <translation>Mira al frente con la boca cerrada y los ojos abiertos.</translation>
        </message>
        <message>
            <source>The recording is {}.</source>
            <translation>La grabación es {}.</translation>
        </message>
        <message>
            <source>The snapshot is {}.</source>
            <translation>La instantánea es {}.</translation>
        </message>
    </context>
    <context>
        <name>CropDialog</name>
        <message>
            <source>Add a portrait</source>
            <translation>Añadir un retrato</translation>
        </message>
        <message>
            <source>Looking for faces …</source>
            <translation>Buscando caras …</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>Forma</translation>
        </message>
        <message>
            <source>I may use this face: it is mine, a work of art, or the person agreed.</source>
            <translation>Puedo usar esta cara: es mía, una obra de arte o la persona está de acuerdo.</translation>
        </message>
        <message>
            <source>No face was found. Use a picture that shows a face from the front.</source>
            <translation>No se encontró ninguna cara. Usa una imagen con una cara de frente.</translation>
        </message>
        <message>
            <source>{} faces: click the one to use.</source>
            <translation>{} caras: haz clic en la que quieras usar.</translation>
        </message>
        <message>
            <source>The face is small: the portrait will look soft.</source>
            <translation>La cara es pequeña: el retrato se verá borroso.</translation>
        </message>
        <message>
            <source>One face was found.</source>
            <translation>Se encontró una cara.</translation>
        </message>
        <message>
            <source>The whole picture's</source>
            <translation>La de la imagen entera</translation>
        </message>
        <message>
            <source>Square</source>
            <translation>Cuadrada</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Nombre</translation>
        </message>
        <message>
            <source>&amp;Shape</source>
            <translation>&amp;Forma</translation>
        </message>
        <message>
            <source>&amp;Zoom</source>
            <translation>&amp;Zoom</translation>
        </message>
        <message>
            <source>&amp;Turn</source>
            <translation>&amp;Girar</translation>
        </message>
        <message>
            <source>Turn by 90°</source>
            <translation>Girar 90°</translation>
        </message>
        <message>
            <source>Turn the picture a quarter clockwise</source>
            <translation>Girar la imagen un cuarto a la derecha</translation>
        </message>
        <message>
            <source>Whole picture</source>
            <translation>Imagen entera</translation>
        </message>
        <message>
            <source>Show all of the picture</source>
            <translation>Mostrar toda la imagen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Añadir</translation>
        </message>
    </context>
    <context>
        <name>CropView</name>
        <message>
            <source>Part of the picture</source>
            <translation>Parte de la imagen</translation>
        </message>
    </context>
    <context>
        <name>DevicePicker</name>
        <message>
            <source>Camera</source>
            <translation>Cámara</translation>
        </message>
        <message>
            <source>Look for cameras again</source>
            <translation>Buscar cámaras otra vez</translation>
        </message>
        <message>
            <source>Choose a camera by its picture</source>
            <translation>Elegir una cámara por su imagen</translation>
        </message>
        <message>
            <source>Let Zoom, Meet and Teams see the portrait as a camera</source>
            <translation>Zoom, Meet y Teams ven el retrato como una cámara</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>Cámara virtual</translation>
        </message>
        <message>
            <source>Set up …</source>
            <translation>Configurar …</translation>
        </message>
        <message>
            <source>How to get a virtual camera, and how to choose it</source>
            <translation>Cómo obtener una cámara virtual y elegirla</translation>
        </message>
        <message>
            <source>&amp;Camera</source>
            <translation>&amp;Cámara</translation>
        </message>
        <message>
            <source>There is no virtual camera yet; only you see the picture.</source>
            <translation>Aún no hay cámara virtual; solo tú ves la imagen.</translation>
        </message>
        <message>
            <source>Looking for a virtual camera …</source>
            <translation>Buscando una cámara virtual …</translation>
        </message>
        <message>
            <source>Only you see the picture.</source>
            <translation>Solo tú ves la imagen.</translation>
        </message>
    </context>
    <context>
        <name>DiagnosticsPage</name>
        <message>
            <source>Diagnostics</source>
            <translation>Diagnóstico</translation>
        </message>
        <message>
            <source>Looking at everything …</source>
            <translation>Revisando todo …</translation>
        </message>
        <message>
            <source>Copy diagnostics</source>
            <translation>Copiar el diagnóstico</translation>
        </message>
        <message>
            <source>A live session cannot run here yet.</source>
            <translation>Aquí aún no puede funcionar una sesión en directo.</translation>
        </message>
        <message>
            <source>A live session can run here.</source>
            <translation>Aquí puede funcionar una sesión en directo.</translation>
        </message>
        <message>
            <source>{}: {}</source>
            <translation>{}: {}</translation>
        </message>
        <message>
            <source>Reports of what went wrong</source>
            <translation>Informes de errores</translation>
        </message>
        <message>
            <source>They stay on this machine. You decide whether to show one to somebody.</source>
            <translation>Se quedan en este equipo. Tú decides si se los enseñas a alguien.</translation>
        </message>
        <message>
            <source>Reports</source>
            <translation>Informes</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Mostrar</translation>
        </message>
        <message>
            <source>Show the report</source>
            <translation>Mostrar el informe</translation>
        </message>
    </context>
    <context>
        <name>EngineCard</name>
        <message>
            <source>Build {} for {}</source>
            <translation>Construir {} para {}</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>Construir</translation>
        </message>
        <message>
            <source>Delete {} for {}</source>
            <translation>Eliminar {} para {}</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Not built yet</source>
            <translation>Aún no construido</translation>
        </message>
    </context>
    <context>
        <name>EnginesPage</name>
        <message>
            <source>keypoints {}</source>
            <translation>puntos clave {}</translation>
        </message>
        <message>
            <source>image {}</source>
            <translation>imagen {}</translation>
        </message>
        <message>
            <source>motion {}</source>
            <translation>movimiento {}</translation>
        </message>
        <message>
            <source>frames {}</source>
            <translation>{} imágenes</translation>
        </message>
        <message>
            <source>Engines</source>
            <translation>Motores</translation>
        </message>
        <message>
            <source>An engine is a model made ready for one processor: it starts and runs faster. Avatarify works without. What was built is compared with the reference before it is used.</source>
            <translation>Un motor es un modelo preparado para un procesador: arranca y funciona más rápido. Avatarify funciona sin él. Lo construido se compara con la referencia antes de usarse.</translation>
        </message>
        <message>
            <source>Stopping …</source>
            <translation>Deteniendo …</translation>
        </message>
        <message>
            <source>Starting …</source>
            <translation>Iniciando …</translation>
        </message>
        <message>
            <source>Progress of the build</source>
            <translation>Progreso de la construcción</translation>
        </message>
        <message>
            <source>Stop the build; what is finished is kept</source>
            <translation>Detener la construcción; lo terminado se conserva</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>about {} s left</source>
            <translation>quedan unos {} s</translation>
        </message>
        <message>
            <source>The build was stopped.</source>
            <translation>La construcción se detuvo.</translation>
        </message>
        <message>
            <source>{} {}: {} MB in {} s</source>
            <translation>{} {}: {} MB en {} s</translation>
        </message>
    </context>
    <context>
        <name>FileDrop</name>
        <message>
            <source>Drop the picture to add it</source>
            <translation>Suelta la imagen para añadirla</translation>
        </message>
    </context>
    <context>
        <name>Gallery</name>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
        <message>
            <source>Search the portraits</source>
            <translation>Buscar en los retratos</translation>
        </message>
        <message>
            <source>Add a picture with a face; it can also be dropped on the window or pasted</source>
            <translation>Añadir una imagen con una cara; también se puede soltar en la ventana o pegar</translation>
        </message>
        <message>
            <source>Add …</source>
            <translation>Añadir …</translation>
        </message>
        <message>
            <source>Add a portrait</source>
            <translation>Añadir un retrato</translation>
        </message>
        <message>
            <source>No portrait has this name.</source>
            <translation>Ningún retrato tiene este nombre.</translation>
        </message>
        <message>
            <source>{}, key {}</source>
            <translation>{}, tecla {}</translation>
        </message>
    </context>
    <context>
        <name>Help</name>
        <message>
            <source>Choose a camera</source>
            <translation>Elegir una cámara</translation>
        </message>
        <message>
            <source>Diagnostics</source>
            <translation>Diagnóstico</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Teclas</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Mostrar en la carpeta</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>Recalibrar</translation>
        </message>
        <message>
            <source>Show the report</source>
            <translation>Mostrar el informe</translation>
        </message>
        <message>
            <source>Restart now</source>
            <translation>Reiniciar ahora</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Deshacer</translation>
        </message>
        <message>
            <source>Set up …</source>
            <translation>Configurar …</translation>
        </message>
    </context>
    <context>
        <name>HotKeys</name>
        <message>
            <source>Wayland lets no program hear the keys of another one. An X11 session does.</source>
            <translation>Wayland no deja que un programa oiga las teclas de otro. Una sesión X11 sí.</translation>
        </message>
        <message>
            <source>There are no such keys on this system yet.</source>
            <translation>En este sistema aún no hay teclas así.</translation>
        </message>
        <message>
            <source>Another program has the key {}.</source>
            <translation>Otro programa tiene la tecla {}.</translation>
        </message>
        <message>
            <source>Choose another one.</source>
            <translation>Elige otra.</translation>
        </message>
        <message>
            <source>{} cannot be used.</source>
            <translation>{} no se puede usar.</translation>
        </message>
        <message>
            <source>{} alone would be taken from every other program. Add Ctrl, Alt or Meta.</source>
            <translation>{} sola se quitaría a todos los demás programas. Añade Ctrl, Alt o Meta.</translation>
        </message>
        <message>
            <source>{} already means “{}”.</source>
            <translation>{} ya significa «{}».</translation>
        </message>
    </context>
    <context>
        <name>InsightPage</name>
        <message>
            <source>See how it works</source>
            <translation>Cómo funciona</translation>
        </message>
        <message>
            <source>Start a session: here you see how each frame of it comes about.</source>
            <translation>Inicia una sesión: aquí verás cómo se forma cada imagen.</translation>
        </message>
        <message>
            <source>Your key points</source>
            <translation>Tus puntos clave</translation>
        </message>
        <message>
            <source>Where the model sees the parts of your face.</source>
            <translation>Dónde ve el modelo las partes de tu cara.</translation>
        </message>
        <message>
            <source>The portrait, bent</source>
            <translation>El retrato, deformado</translation>
        </message>
        <message>
            <source>Its own key points, moved as yours moved since your neutral face.</source>
            <translation>Sus propios puntos clave, movidos como los tuyos desde tu cara neutra.</translation>
        </message>
        <message>
            <source>Flow</source>
            <translation>Flujo</translation>
        </message>
        <message>
            <source>From where each pixel is taken: colour is the direction, white is still.</source>
            <translation>De dónde se toma cada píxel: el color es la dirección, el blanco no se mueve.</translation>
        </message>
        <message>
            <source>Kept and painted</source>
            <translation>Conservado y pintado</translation>
        </message>
        <message>
            <source>White: the bent portrait is shown. Black: the network paints what the portrait hides.</source>
            <translation>Blanco: se ve el retrato deformado. Negro: la red pinta lo que el retrato oculta.</translation>
        </message>
        <message>
            <source>Shown only here, in this window: nothing of it goes out.</source>
            <translation>Solo se ve aquí, en esta ventana: nada de esto sale fuera.</translation>
        </message>
    </context>
    <context>
        <name>KeysPage</name>
        <message>
            <source>Keys</source>
            <translation>Teclas</translation>
        </message>
        <message>
            <source>In the window</source>
            <translation>En la ventana</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>En todas partes</translation>
        </message>
        <message>
            <source>Usual keys</source>
            <translation>Teclas habituales</translation>
        </message>
        <message>
            <source>Give every command its usual key again</source>
            <translation>Devolver a cada orden su tecla habitual</translation>
        </message>
        <message>
            <source>Click a key and press another one to change it. Numbers choose portraits.</source>
            <translation>Haz clic en una tecla y pulsa otra para cambiarla. Los números eligen retratos.</translation>
        </message>
        <message>
            <source>These keys work while another program has the focus. None is set until you choose it.</source>
            <translation>Estas teclas funcionan mientras otro programa tiene el foco. No hay ninguna hasta que la elijas.</translation>
        </message>
        <message>
            <source>{} already means “{}”.</source>
            <translation>{} ya significa «{}».</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Portraits and controls</source>
            <translation>Retratos y controles</translation>
        </message>
        <message>
            <source>Portraits</source>
            <translation>Retratos</translation>
        </message>
        <message>
            <source>Adjust</source>
            <translation>Ajustar</translation>
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
            <translation>Usa una imagen en la que se vea una cara de frente, bastante grande y sin tapar.</translation>
        </message>
        <message>
            <source>Install Avatarify again.</source>
            <translation>Vuelve a instalar Avatarify.</translation>
        </message>
        <message>
            <source>Write more of the name, or the number.</source>
            <translation>Escribe más del nombre, o el número.</translation>
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
            <translation>Revisa el nombre y la carpeta.</translation>
        </message>
        <message>
            <source>Plug it in again; it is opened as soon as it is back.</source>
            <translation>Vuelve a conectarla; se abre en cuanto regrese.</translation>
        </message>
        <message>
            <source>Run: sudo usermod -aG video $USER, then log in again.</source>
            <translation>Ejecuta: sudo usermod -aG video $USER, y vuelve a iniciar sesión.</translation>
        </message>
        <message>
            <source>Close it, or use another camera.</source>
            <translation>Ciérralo o usa otra cámara.</translation>
        </message>
        <message>
            <source>Close other programs that use it.</source>
            <translation>Cierra otros programas que la usen.</translation>
        </message>
        <message>
            <source>Close other programs that use it, or plug it in again.</source>
            <translation>Cierra otros programas que la usen o vuelve a conectarla.</translation>
        </message>
        <message>
            <source>Check its cable; it is opened again.</source>
            <translation>Revisa el cable; se vuelve a abrir.</translation>
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
            <translation>Se vuelve a abrir.</translation>
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
            <translation>Abre su tapa de privacidad o dale luz.</translation>
        </message>
        <message>
            <source>It is opened again; if that does not help, check its privacy switch or its cable.</source>
            <translation>Se vuelve a abrir; si no ayuda, revisa su interruptor de privacidad o el cable.</translation>
        </message>
        <message>
            <source>If it does not go on by itself, unplug it and plug it in again.</source>
            <translation>Si no sigue por sí sola, desconéctala y vuelve a conectarla.</translation>
        </message>
        <message>
            <source>Plug it in again.</source>
            <translation>Vuelve a conectarla.</translation>
        </message>
        <message>
            <source>Plug it in again, or restart the computer if it is built in.</source>
            <translation>Vuelve a conectarla, o reinicia el equipo si es integrada.</translation>
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
            <translation>Ningún entorno de ejecución puede ejecutar el modelo.</translation>
        </message>
        <message>
            <source>Use --runtime auto.</source>
            <translation>Elige en las preferencias el más rápido que funcione.</translation>
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
            <translation>Vuelve a obtener el archivo.</translation>
        </message>
        <message>
            <source>Report this.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <translation>Cópiala o descárgala otra vez.</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP or TIFF picture.</source>
            <translation>Usa una imagen PNG, JPEG, WebP, BMP o TIFF.</translation>
        </message>
        <message>
            <source>Use a larger one.</source>
            <translation>Usa una más grande.</translation>
        </message>
        <message>
            <source>Name one picture in it.</source>
            <translation>Indica una imagen que esté en ella.</translation>
        </message>
        <message>
            <source>Check its permissions.</source>
            <translation>Revisa sus permisos.</translation>
        </message>
        <message>
            <source>No portraits are carried here.</source>
            <translation>Aquí no hay retratos incluidos.</translation>
        </message>
        <message>
            <source>Name a picture file, or install avatarify again.</source>
            <translation>Añade una imagen o vuelve a instalar Avatarify.</translation>
        </message>
        <message>
            <source>It is opened again; if that does not help, plug it in again.</source>
            <translation>Se vuelve a abrir; si no ayuda, vuelve a conectarla.</translation>
        </message>
        <message>
            <source>Choose the camera that sees you; 'avatarify devices' lists them.</source>
            <translation>Elige la cámara que te ve.</translation>
        </message>
        <message>
            <source>Try again in a moment.</source>
            <translation>Inténtalo de nuevo dentro de un momento.</translation>
        </message>
        <message>
            <source>If it does not go on by itself, close the program that shows it.</source>
            <translation>Si no sigue por sí solo, cierra el programa que lo muestra.</translation>
        </message>
        <message>
            <source>Look straight ahead for a moment.</source>
            <translation>Mira al frente un momento.</translation>
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
            <translation>Desconecta la cámara o cierra el programa que la retiene, y vuelve a abrir Avatarify.</translation>
        </message>
        <message>
            <source>A key point's Jacobian cannot be inverted.</source>
            <translation>El jacobiano de un punto clave no se puede invertir.</translation>
        </message>
        <message>
            <source>Look at the camera and recalibrate.</source>
            <translation>Mira a la cámara y recalibra.</translation>
        </message>
        <message>
            <source>The key points enclose no area.</source>
            <translation>Los puntos clave no encierran ningún área.</translation>
        </message>
        <message>
            <source>The key points are not numbers.</source>
            <translation>Los puntos clave no son números.</translation>
        </message>
        <message>
            <source>Recalibrate, or try another model.</source>
            <translation>Recalibra o prueba con otro modelo.</translation>
        </message>
        <message>
            <source>Models for 10 key points at 256x256 with vox-cpk's layout can be used.</source>
            <translation>Se pueden usar modelos de 10 puntos clave a 256x256 con la estructura de vox-cpk.</translation>
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
            <translation>Ábrela de nuevo.</translation>
        </message>
        <message>
            <source>Start a new one.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use another.</source>
            <translation>Usa otra.</translation>
        </message>
        <message>
            <source>Free some space or use another disk.</source>
            <translation>Libera espacio o usa otro disco.</translation>
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
            <translation>Créala primero.</translation>
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
            <translation>Abre el diagnóstico en el menú Ayuda.</translation>
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
            <translation>Da permiso de escritura a la carpeta o indica otra en AVATARIFY_CONFIG.</translation>
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
            <translation>Vuelve a importar el modelo.</translation>
        </message>
        <message>
            <source>Import or download the model again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is none at all: install avatarify again.</source>
            <translation>No hay ninguno: vuelve a instalar Avatarify.</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Unexpected error: {}.</source>
            <translation>Error inesperado: {}.</translation>
        </message>
        <message>
            <source>Start again; if it stays, report it.</source>
            <translation>Empieza de nuevo; si continúa, comunícalo.</translation>
        </message>
    </context>
    <context>
        <name>NoticeStrip</name>
        <message>
            <source>Close this message</source>
            <translation>Cerrar este mensaje</translation>
        </message>
    </context>
    <context>
        <name>Page</name>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Copy to the clipboard</source>
            <translation>Copiar al portapapeles</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Copiar</translation>
        </message>
    </context>
    <context>
        <name>PortraitGrid</name>
        <message>
            <source>Portraits</source>
            <translation>Retratos</translation>
        </message>
    </context>
    <context>
        <name>Portraits</name>
        <message>
            <source>New portrait</source>
            <translation>Retrato nuevo</translation>
        </message>
        <message>
            <source>This picture is not on this machine: {}</source>
            <translation>Esta imagen no está en este equipo: {}</translation>
        </message>
        <message>
            <source>Nothing is fetched from elsewhere. Copy the picture in the browser, then paste it here.</source>
            <translation>No se descarga nada. Copia la imagen en el navegador y pégala aquí.</translation>
        </message>
        <message>
            <source>There is no picture in it.</source>
            <translation>No contiene ninguna imagen.</translation>
        </message>
        <message>
            <source>Copy a picture, then paste it here.</source>
            <translation>Copia una imagen y pégala aquí.</translation>
        </message>
        <message>
            <source>{} was deleted.</source>
            <translation>{} se ha eliminado.</translation>
        </message>
        <message>
            <source>{} is not a picture that can be read.</source>
            <translation>{} no es una imagen legible.</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, WebP, BMP or TIFF picture.</source>
            <translation>Usa una imagen PNG, JPEG, WebP, BMP o TIFF.</translation>
        </message>
    </context>
    <context>
        <name>PreferencesPage</name>
        <message>
            <source>Preferences</source>
            <translation>Preferencias</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Como el sistema</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Claro</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Oscuro</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>&amp;Tema</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Idioma</translation>
        </message>
        <message>
            <source>&amp;Model</source>
            <translation>&amp;Modelo</translation>
        </message>
        <message>
            <source>&amp;Runtime</source>
            <translation>&amp;Entorno de ejecución</translation>
        </message>
        <message>
            <source>The fastest that works</source>
            <translation>El más rápido que funcione</translation>
        </message>
        <message>
            <source>Found by itself</source>
            <translation>Se encuentra sola</translation>
        </message>
        <message>
            <source>The first face that is seen</source>
            <translation>La primera cara que se ve</translation>
        </message>
        <message>
            <source>&amp;Neutral face</source>
            <translation>Cara &amp;neutra</translation>
        </message>
        <message>
            <source>The language changes when Avatarify is opened again, model and runtime at the next Start.</source>
            <translation>El idioma cambia al abrir Avatarify de nuevo; el modelo y el entorno, al iniciar la próxima vez.</translation>
        </message>
    </context>
    <context>
        <name>Preview</name>
        <message>
            <source>Preview: what the others see</source>
            <translation>Vista previa: lo que ven los demás</translation>
        </message>
        <message>
            <source>Your own face goes out</source>
            <translation>Se está enviando tu propia cara</translation>
        </message>
        <message>
            <source>Frozen</source>
            <translation>Congelado</translation>
        </message>
        <message>
            <source>Starting …</source>
            <translation>Iniciando …</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>Ninguna cara a la vista</translation>
        </message>
        <message>
            <source>Camera lost, waiting for it</source>
            <translation>Cámara perdida, esperándola</translation>
        </message>
        <message>
            <source>Another program uses the camera</source>
            <translation>Otro programa usa la cámara</translation>
        </message>
        <message>
            <source>The camera stands still, trying again</source>
            <translation>La cámara está congelada, reintentando</translation>
        </message>
        <message>
            <source>The camera is covered</source>
            <translation>La cámara está tapada</translation>
        </message>
        <message>
            <source>Nothing goes out, trying again</source>
            <translation>No sale nada, reintentando</translation>
        </message>
        <message>
            <source>Stopping …</source>
            <translation>Deteniendo …</translation>
        </message>
        <message>
            <source>Not running</source>
            <translation>Detenido</translation>
        </message>
    </context>
    <context>
        <name>ReportPage</name>
        <message>
            <source>Report</source>
            <translation>Informe</translation>
        </message>
        <message>
            <source>This is all that was kept. Copy it into a message if you want somebody to look at it.</source>
            <translation>Esto es todo lo que se guardó. Cópialo en un mensaje si quieres que alguien lo mire.</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Delete this report</source>
            <translation>Eliminar este informe</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>Idle</source>
            <translation>En espera</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>Iniciando</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>En marcha</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>Ninguna cara a la vista</translation>
        </message>
        <message>
            <source>Camera lost</source>
            <translation>Cámara perdida</translation>
        </message>
        <message>
            <source>Camera in use</source>
            <translation>Cámara en uso</translation>
        </message>
        <message>
            <source>Camera frozen</source>
            <translation>Cámara congelada</translation>
        </message>
        <message>
            <source>Camera covered</source>
            <translation>Cámara tapada</translation>
        </message>
        <message>
            <source>Output lost</source>
            <translation>Salida perdida</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>Deteniendo</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Detenido</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Ha fallado</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Status</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>No face in view</source>
            <translation>Ninguna cara a la vista</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Velocidad</translation>
        </message>
        <message>
            <source>Added latency</source>
            <translation>Retardo añadido</translation>
        </message>
        <message>
            <source>Dropped</source>
            <translation>Descartados</translation>
        </message>
        <message>
            <source>Neutral match</source>
            <translation>Coincidencia</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Salida</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Runtime and device are chosen at the start</source>
            <translation>El entorno y el dispositivo se eligen al iniciar</translation>
        </message>
        <message>
            <source>{} on {}: {}</source>
            <translation>{} en {}: {}</translation>
        </message>
        <message>
            <source>Delay your sound by {} ms in the meeting program.</source>
            <translation>Retrasa tu sonido {} ms en el programa de reuniones.</translation>
        </message>
    </context>
    <context>
        <name>Transport</name>
        <message>
            <source>Start or stop sending the animated portrait</source>
            <translation>Empezar o dejar de enviar el retrato animado</translation>
        </message>
        <message>
            <source>Recalibrate</source>
            <translation>Recalibrar</translation>
        </message>
        <message>
            <source>Best frame</source>
            <translation>Mejor fotograma</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>Congelar</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>Instantánea</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Grabar</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Detener</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Iniciar</translation>
        </message>
    </context>
    <context>
        <name>Tray</name>
        <message>
            <source>Show the window</source>
            <translation>Mostrar la ventana</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Detener</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Iniciar</translation>
        </message>
    </context>
    <context>
        <name>VirtualCameraPage</name>
        <message>
            <source>Virtual camera</source>
            <translation>Cámara virtual</translation>
        </message>
        <message>
            <source>This installs and loads what is missing, and keeps it for the next start; it asks first:</source>
            <translation>Esto instala y carga lo que falta y lo conserva para el próximo arranque; antes pregunta:</translation>
        </message>
        <message>
            <source>Linux gets a virtual camera from a module of the kernel, v4l2loopback. By hand:</source>
            <translation>Linux obtiene una cámara virtual de un módulo del núcleo, v4l2loopback. A mano:</translation>
        </message>
        <message>
            <source>Load it, after each start of the machine (exclusive_caps=1 is what Chrome and Meet need):</source>
            <translation>Cárgalo tras cada arranque del equipo (Chrome y Meet necesitan exclusive_caps=1):</translation>
        </message>
        <message>
            <source>With Secure Boot the module must be signed: modprobe then says “Key was rejected by service”.</source>
            <translation>Con Secure Boot el módulo debe estar firmado: si no, modprobe dice «Key was rejected by service».</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 26 or newer from obsproject.com.</source>
            <translation>1. Instala OBS Studio 26 o posterior desde obsproject.com.</translation>
        </message>
        <message>
            <source>2. Start OBS once, press “Start Virtual Camera”, then stop it and close OBS.</source>
            <translation>2. Inicia OBS una vez, pulsa «Iniciar cámara virtual», detenla y cierra OBS.</translation>
        </message>
        <message>
            <source>3. Come back here and look again. Only one program can use the OBS camera at a time.</source>
            <translation>3. Vuelve aquí y busca de nuevo. Solo un programa a la vez puede usar la cámara de OBS.</translation>
        </message>
        <message>
            <source>1. Install OBS Studio 30 or newer into the folder Applications.</source>
            <translation>1. Instala OBS Studio 30 o posterior en la carpeta Aplicaciones.</translation>
        </message>
        <message>
            <source>2. Start OBS, press “Start Virtual Camera” and allow its extension in System Settings.</source>
            <translation>2. Inicia OBS, pulsa «Iniciar cámara virtual» y permite su extensión en Ajustes del Sistema.</translation>
        </message>
        <message>
            <source>3. Restart the machine, then come back here and look again.</source>
            <translation>3. Reinicia el equipo, vuelve aquí y busca de nuevo.</translation>
        </message>
        <message>
            <source>In the meeting program choose the camera “{}”</source>
            <translation>En el programa de reuniones elige la cámara «{}»</translation>
        </message>
        <message>
            <source>Zoom: Settings → Video → Camera</source>
            <translation>Zoom: Configuración → Vídeo → Cámara</translation>
        </message>
        <message>
            <source>Meet: ⋮ → Settings → Video → Camera</source>
            <translation>Meet: ⋮ → Configuración → Vídeo → Cámara</translation>
        </message>
        <message>
            <source>Teams: Settings → Devices → Camera</source>
            <translation>Teams: Configuración → Dispositivos → Cámara</translation>
        </message>
        <message>
            <source>Start Avatarify first. A meeting program that was open before must be restarted once. If the picture is mirrored there, that is the program's own preview: the others see it right.</source>
            <translation>Inicia primero Avatarify. Un programa de reuniones que ya estaba abierto debe reiniciarse una vez. Si allí la imagen sale reflejada, es su propia vista previa: los demás la ven bien.</translation>
        </message>
        <message>
            <source>Or without one: a browser source in OBS</source>
            <translation>O sin ella: una fuente de navegador en OBS</translation>
        </message>
        <message>
            <source>Only programs of this machine can open it. In OBS add a browser source with this address.</source>
            <translation>Solo pueden abrirla los programas de este equipo. En OBS, añade una fuente de navegador con esta dirección.</translation>
        </message>
        <message>
            <source>Send to the page {}</source>
            <translation>Enviar a la página {}</translation>
        </message>
        <message>
            <source>Send coloured bars to the virtual camera for half a minute</source>
            <translation>Envía barras de color a la cámara virtual durante medio minuto</translation>
        </message>
        <message>
            <source>Test pattern</source>
            <translation>Carta de ajuste</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Buscar otra vez</translation>
        </message>
        <message>
            <source>Look for virtual cameras again</source>
            <translation>Buscar cámaras virtuales otra vez</translation>
        </message>
        <message>
            <source>The virtual camera is there.</source>
            <translation>La cámara virtual está lista.</translation>
        </message>
        <message>
            <source>There is no virtual camera yet.</source>
            <translation>Aún no hay cámara virtual.</translation>
        </message>
        <message>
            <source>Stop the pattern</source>
            <translation>Detener la carta</translation>
        </message>
        <message>
            <source>Coloured bars with a moving white bar should be seen in the meeting program now.</source>
            <translation>Ahora deberían verse en el programa de reuniones barras de color con una barra blanca en movimiento.</translation>
        </message>
        <message>
            <source>The pattern was sent to {}.</source>
            <translation>La carta se envió a {}.</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>I agree</source>
            <translation>De acuerdo</translation>
        </message>
        <message>
            <source>This is me</source>
            <translation>Este soy yo</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Iniciar</translation>
        </message>
        <message>
            <source>The picture of your camera stays on this machine. Nothing is sent anywhere.</source>
            <translation>La imagen de tu cámara se queda en este equipo. No se envía nada a ninguna parte.</translation>
        </message>
        <message>
            <source>Use only faces you may use: your own, works of art, or people who agreed.</source>
            <translation>Usa solo caras que puedas usar: la tuya, obras de arte o personas que estén de acuerdo.</translation>
        </message>
        <message>
            <source>What goes out is marked as an AI avatar. Leave the mark on where it could be taken for real.</source>
            <translation>Lo que sale está marcado como avatar de IA. Deja la marca donde pueda tomarse por real.</translation>
        </message>
        <message>
            <source>Your own face never goes out unless you ask for it.</source>
            <translation>Tu propia cara nunca sale salvo que lo pidas.</translation>
        </message>
        <message>
            <source>Be a painting in your next call</source>
            <translation>Sé un cuadro en tu próxima videollamada</translation>
        </message>
        <message>
            <source>Choose the picture that shows you. No camera? The demo clip moves the portrait too.</source>
            <translation>Elige la imagen en la que apareces. ¿Sin cámara? El clip de demostración también mueve el retrato.</translation>
        </message>
        <message>
            <source>Your camera</source>
            <translation>Tu cámara</translation>
        </message>
        <message>
            <source>Choose a portrait on the right, or drop a picture on the window. Then look straight ahead for a moment: your neutral face is found by itself.</source>
            <translation>Elige un retrato a la derecha o suelta una imagen en la ventana. Luego mira al frente un momento: tu cara neutra se encuentra sola.</translation>
        </message>
        <message>
            <source>Your portrait</source>
            <translation>Tu retrato</translation>
        </message>
    </context>
    <context>
        <name>Wiring</name>
        <message>
            <source>Avatarify ended unexpectedly last time.</source>
            <translation>Avatarify se cerró inesperadamente la última vez.</translation>
        </message>
        <message>
            <source>The report stays on this machine; you decide whether to share it.</source>
            <translation>El informe se queda en este equipo; tú decides si lo compartes.</translation>
        </message>
        <message>
            <source>Show my own face</source>
            <translation>Mostrar mi propia cara</translation>
        </message>
        <message>
            <source>Send your own face instead of the portrait?</source>
            <translation>¿Enviar tu propia cara en lugar del retrato?</translation>
        </message>
        <message>
            <source>Everybody who sees the output sees your camera, marked as such, until you switch it off.</source>
            <translation>Todos los que ven la salida verán tu cámara, marcada como tal, hasta que lo desactives.</translation>
        </message>
        <message>
            <source>Show my face</source>
            <translation>Mostrar mi cara</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Pictures ({})</source>
            <translation>Imágenes ({})</translation>
        </message>
        <message>
            <source>Add portraits</source>
            <translation>Añadir retratos</translation>
        </message>
        <message>
            <source>Folder for recordings and snapshots</source>
            <translation>Carpeta para grabaciones e instantáneas</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Cambiar el nombre</translation>
        </message>
        <message>
            <source>Name of the portrait</source>
            <translation>Nombre del retrato</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Privacidad</translation>
        </message>
    </context>
</TS>
